using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<ViewUpdateAction>))]
public class ViewUpdateAction(string value) : ConstantClass(value), IConstant<ViewUpdateAction>
{
    public static readonly ViewUpdateAction ADD = new("ADD");
    public static readonly ViewUpdateAction ADD_OR_REPLACE = new("ADD_OR_REPLACE");
    public static readonly ViewUpdateAction DROP = new("DROP");
    public static readonly ViewUpdateAction REPLACE = new("REPLACE");

    public static ViewUpdateAction FindValue(string value) => FindValue<ViewUpdateAction>(value);

    public static implicit operator ViewUpdateAction(string value) => FindValue(value);
}
