using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<SubObjectSourceType>))]
public class SubObjectSourceType(string value) : ConstantClass(value), IConstant<SubObjectSourceType>
{
    public static readonly SubObjectSourceType HIVE_CSV = new("HIVE_CSV");
    public static readonly SubObjectSourceType HIVE_JSON = new("HIVE_JSON");
    public static readonly SubObjectSourceType HIVE_ORC = new("HIVE_ORC");
    public static readonly SubObjectSourceType HIVE_PARQUET = new("HIVE_PARQUET");
    public static readonly SubObjectSourceType ICEBERG = new("ICEBERG");
    public static readonly SubObjectSourceType PLAIN_PARQUET = new("PLAIN_PARQUET");

    public static SubObjectSourceType FindValue(string value) => FindValue<SubObjectSourceType>(value);

    public static implicit operator SubObjectSourceType(string value) => FindValue(value);
}
