using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<IcebergStructTypeEnum>))]
public class IcebergStructTypeEnum(string value) : ConstantClass(value), IConstant<IcebergStructTypeEnum>
{
    public static readonly IcebergStructTypeEnum Struct = new("struct");

    public static IcebergStructTypeEnum FindValue(string value) => FindValue<IcebergStructTypeEnum>(value);

    public static implicit operator IcebergStructTypeEnum(string value) => FindValue(value);
}
