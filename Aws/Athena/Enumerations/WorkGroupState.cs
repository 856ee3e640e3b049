using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

[JsonConverter(typeof(ConstantConverter<WorkGroupState>))]
public class WorkGroupState(string value) : ConstantClass(value), IConstant<WorkGroupState>
{
    public static readonly WorkGroupState DISABLED = new("DISABLED");
    public static readonly WorkGroupState ENABLED = new("ENABLED");

    public static WorkGroupState FindValue(string value) => FindValue<WorkGroupState>(value);

    public static implicit operator WorkGroupState(string value) => FindValue(value);
}
