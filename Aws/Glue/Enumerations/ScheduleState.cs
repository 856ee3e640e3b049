using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<ScheduleState>))]
public class ScheduleState(string value) : ConstantClass(value), IConstant<ScheduleState>
{
    public static readonly ScheduleState NOT_SCHEDULED = new("NOT_SCHEDULED");
    public static readonly ScheduleState SCHEDULED = new("SCHEDULED");
    public static readonly ScheduleState TRANSITIONING = new("TRANSITIONING");

    public static ScheduleState FindValue(string value) => FindValue<ScheduleState>(value);

    public static implicit operator ScheduleState(string value) => FindValue(value);
}
