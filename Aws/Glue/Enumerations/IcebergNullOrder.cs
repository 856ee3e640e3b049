using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<IcebergNullOrder>))]
public class IcebergNullOrder(string value) : ConstantClass(value), IConstant<IcebergNullOrder>
{
    public static readonly IcebergNullOrder NullsFirst = new("nulls-first");
    public static readonly IcebergNullOrder NullsLast = new("nulls-last");

    public static IcebergNullOrder FindValue(string value) => FindValue<IcebergNullOrder>(value);

    public static implicit operator IcebergNullOrder(string value) => FindValue(value);
}
