using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

[JsonConverter(typeof(ConstantConverter<AuthenticationType>))]
public class AuthenticationType(string value) : ConstantClass(value), IConstant<AuthenticationType>
{
    public static readonly AuthenticationType DIRECTORY_IDENTITY = new("DIRECTORY_IDENTITY");

    public static AuthenticationType FindValue(string value) => FindValue<AuthenticationType>(value);

    public static implicit operator AuthenticationType(string value) => FindValue(value);
}
