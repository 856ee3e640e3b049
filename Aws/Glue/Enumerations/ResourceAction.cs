using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<ResourceAction>))]
public class ResourceAction(string value) : ConstantClass(value), IConstant<ResourceAction>
{
    public static readonly ResourceAction CREATE = new("CREATE");
    public static readonly ResourceAction UPDATE = new("UPDATE");

    public static ResourceAction FindValue(string value) => FindValue<ResourceAction>(value);

    public static implicit operator ResourceAction(string value) => FindValue(value);
}
