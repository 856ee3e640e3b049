using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

[JsonConverter(typeof(ConstantConverter<ColumnNullable>))]
public class ColumnNullable(string value) : ConstantClass(value), IConstant<ColumnNullable>
{
    public static readonly ColumnNullable NOT_NULL = new("NOT_NULL");
    public static readonly ColumnNullable NULLABLE = new("NULLABLE");
    public static readonly ColumnNullable UNKNOWN = new("UNKNOWN");

    public static ColumnNullable FindValue(string value) => FindValue<ColumnNullable>(value);

    public static implicit operator ColumnNullable(string value) => FindValue(value);
}
