using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<LastRefreshType>))]
public class LastRefreshType(string value) : ConstantClass(value), IConstant<LastRefreshType>
{
    public static readonly LastRefreshType FULL = new("FULL");
    public static readonly LastRefreshType INCREMENTAL = new("INCREMENTAL");

    public static LastRefreshType FindValue(string value) => FindValue<LastRefreshType>(value);

    public static implicit operator LastRefreshType(string value) => FindValue(value);
}
