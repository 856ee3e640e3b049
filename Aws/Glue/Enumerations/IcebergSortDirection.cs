using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<IcebergSortDirection>))]
public class IcebergSortDirection(string value) : ConstantClass(value), IConstant<IcebergSortDirection>
{
    public static readonly IcebergSortDirection Asc = new("asc");
    public static readonly IcebergSortDirection Desc = new("desc");

    public static IcebergSortDirection FindValue(string value) => FindValue<IcebergSortDirection>(value);

    public static implicit operator IcebergSortDirection(string value) => FindValue(value);
}
