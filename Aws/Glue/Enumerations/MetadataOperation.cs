using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<MetadataOperation>))]
public class MetadataOperation(string value) : ConstantClass(value), IConstant<MetadataOperation>
{
    public static readonly MetadataOperation CREATE = new("CREATE");

    public static MetadataOperation FindValue(string value) => FindValue<MetadataOperation>(value);

    public static implicit operator MetadataOperation(string value) => FindValue(value);
}
