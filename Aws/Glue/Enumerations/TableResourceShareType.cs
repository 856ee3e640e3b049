using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<TableResourceShareType>))]
public class TableResourceShareType(string value) : ConstantClass(value), IConstant<TableResourceShareType>
{
    public static readonly TableResourceShareType ALL = new("ALL");
    public static readonly TableResourceShareType FEDERATED = new("FEDERATED");

    public static TableResourceShareType FindValue(string value) => FindValue<TableResourceShareType>(value);

    public static implicit operator TableResourceShareType(string value) => FindValue(value);
}
