using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<IcebergUpdateAction>))]
public class IcebergUpdateAction(string value) : ConstantClass(value), IConstant<IcebergUpdateAction>
{
    public static readonly IcebergUpdateAction AddEncryptionKey = new("add-encryption-key");
    public static readonly IcebergUpdateAction AddSchema = new("add-schema");
    public static readonly IcebergUpdateAction AddSortOrder = new("add-sort-order");
    public static readonly IcebergUpdateAction AddSpec = new("add-spec");
    public static readonly IcebergUpdateAction RemoveEncryptionKey = new("remove-encryption-key");
    public static readonly IcebergUpdateAction RemoveProperties = new("remove-properties");
    public static readonly IcebergUpdateAction SetCurrentSchema = new("set-current-schema");
    public static readonly IcebergUpdateAction SetDefaultSortOrder = new("set-default-sort-order");
    public static readonly IcebergUpdateAction SetDefaultSpec = new("set-default-spec");
    public static readonly IcebergUpdateAction SetLocation = new("set-location");
    public static readonly IcebergUpdateAction SetProperties = new("set-properties");

    public static IcebergUpdateAction FindValue(string value) => FindValue<IcebergUpdateAction>(value);

    public static implicit operator IcebergUpdateAction(string value) => FindValue(value);
}
