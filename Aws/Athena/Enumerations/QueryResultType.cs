using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

[JsonConverter(typeof(ConstantConverter<QueryResultType>))]
public class QueryResultType(string value) : ConstantClass(value), IConstant<QueryResultType>
{
    public static readonly QueryResultType DATA_MANIFEST = new("DATA_MANIFEST");
    public static readonly QueryResultType DATA_ROWS = new("DATA_ROWS");

    public static QueryResultType FindValue(string value) => FindValue<QueryResultType>(value);

    public static implicit operator QueryResultType(string value) => FindValue(value);
}
