using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

[JsonConverter(typeof(ConstantConverter<ThrottleReason>))]
public class ThrottleReason(string value) : ConstantClass(value), IConstant<ThrottleReason>
{
    public static readonly ThrottleReason CONCURRENT_QUERY_LIMIT_EXCEEDED = new("CONCURRENT_QUERY_LIMIT_EXCEEDED");

    public static ThrottleReason FindValue(string value) => FindValue<ThrottleReason>(value);

    public static implicit operator ThrottleReason(string value) => FindValue(value);
}
