using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

[JsonConverter(typeof(ConstantConverter<S3AclOption>))]
public class S3AclOption(string value) : ConstantClass(value), IConstant<S3AclOption>
{
    public static readonly S3AclOption BUCKET_OWNER_FULL_CONTROL = new("BUCKET_OWNER_FULL_CONTROL");

    public static S3AclOption FindValue(string value) => FindValue<S3AclOption>(value);

    public static implicit operator S3AclOption(string value) => FindValue(value);
}
