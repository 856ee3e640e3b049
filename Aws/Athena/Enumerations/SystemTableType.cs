using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

[JsonConverter(typeof(ConstantConverter<SystemTableType>))]
public class SystemTableType(string value) : ConstantClass(value), IConstant<SystemTableType>
{
    public static readonly SystemTableType QUERY_EXECUTIONS = new("QUERY_EXECUTIONS");

    public static SystemTableType FindValue(string value) => FindValue<SystemTableType>(value);

    public static implicit operator SystemTableType(string value) => FindValue(value);
}
