using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<TableAttributes>))]
public class TableAttributes(string value) : ConstantClass(value), IConstant<TableAttributes>
{
    public static readonly TableAttributes DEFAULT = new("DEFAULT");
    public static readonly TableAttributes LATEST_ICEBERG_METADATA = new("LATEST_ICEBERG_METADATA");
    public static readonly TableAttributes NAME = new("NAME");
    public static readonly TableAttributes TABLE_TYPE = new("TABLE_TYPE");

    public static TableAttributes FindValue(string value) => FindValue<TableAttributes>(value);

    public static implicit operator TableAttributes(string value) => FindValue(value);
}
