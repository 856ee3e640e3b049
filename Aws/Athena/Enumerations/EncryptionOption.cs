using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

[JsonConverter(typeof(ConstantConverter<EncryptionOption>))]
public class EncryptionOption(string value) : ConstantClass(value), IConstant<EncryptionOption>
{
    public static readonly EncryptionOption CSE_KMS = new("CSE_KMS");
    public static readonly EncryptionOption SSE_KMS = new("SSE_KMS");
    public static readonly EncryptionOption SSE_S3 = new("SSE_S3");

    public static EncryptionOption FindValue(string value) => FindValue<EncryptionOption>(value);

    public static implicit operator EncryptionOption(string value) => FindValue(value);
}
