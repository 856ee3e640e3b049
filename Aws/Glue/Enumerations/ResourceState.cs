using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<ResourceState>))]
public class ResourceState(string value) : ConstantClass(value), IConstant<ResourceState>
{
    public static readonly ResourceState FAILED = new("FAILED");
    public static readonly ResourceState IN_PROGRESS = new("IN_PROGRESS");
    public static readonly ResourceState QUEUED = new("QUEUED");
    public static readonly ResourceState STOPPED = new("STOPPED");
    public static readonly ResourceState SUCCESS = new("SUCCESS");

    public static ResourceState FindValue(string value) => FindValue<ResourceState>(value);

    public static implicit operator ResourceState(string value) => FindValue(value);
}
