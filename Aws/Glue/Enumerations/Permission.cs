using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<Permission>))]
public class Permission(string value) : ConstantClass(value), IConstant<Permission>
{
    public static readonly Permission ALL = new("ALL");
    public static readonly Permission ALTER = new("ALTER");
    public static readonly Permission CREATE_DATABASE = new("CREATE_DATABASE");
    public static readonly Permission CREATE_TABLE = new("CREATE_TABLE");
    public static readonly Permission DATA_LOCATION_ACCESS = new("DATA_LOCATION_ACCESS");
    public static readonly Permission DELETE = new("DELETE");
    public static readonly Permission DROP = new("DROP");
    public static readonly Permission INSERT = new("INSERT");
    public static readonly Permission SELECT = new("SELECT");

    public static Permission FindValue(string value) => FindValue<Permission>(value);

    public static implicit operator Permission(string value) => FindValue(value);
}
