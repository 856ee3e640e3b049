using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<JdbcMetadataEntry>))]
public class JdbcMetadataEntry(string value) : ConstantClass(value), IConstant<JdbcMetadataEntry>
{
    public static readonly JdbcMetadataEntry COMMENTS = new("COMMENTS");
    public static readonly JdbcMetadataEntry RAWTYPES = new("RAWTYPES");

    public static JdbcMetadataEntry FindValue(string value) => FindValue<JdbcMetadataEntry>(value);

    public static implicit operator JdbcMetadataEntry(string value) => FindValue(value);
}
