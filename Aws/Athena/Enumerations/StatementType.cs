using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

[JsonConverter(typeof(ConstantConverter<StatementType>))]
public class StatementType(string value) : ConstantClass(value), IConstant<StatementType>
{
    public static readonly StatementType DDL = new("DDL");
    public static readonly StatementType DML = new("DML");
    public static readonly StatementType UTILITY = new("UTILITY");

    public static StatementType FindValue(string value) => FindValue<StatementType>(value);

    public static implicit operator StatementType(string value) => FindValue(value);
}
