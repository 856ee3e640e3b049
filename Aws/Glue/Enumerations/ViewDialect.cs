using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<ViewDialect>))]
public class ViewDialect(string value) : ConstantClass(value), IConstant<ViewDialect>
{
    public static readonly ViewDialect ATHENA = new("ATHENA");
    public static readonly ViewDialect REDSHIFT = new("REDSHIFT");
    public static readonly ViewDialect SPARK = new("SPARK");

    public static ViewDialect FindValue(string value) => FindValue<ViewDialect>(value);

    public static implicit operator ViewDialect(string value) => FindValue(value);
}
