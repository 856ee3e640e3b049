using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<DeleteBehavior>))]
public class DeleteBehavior(string value) : ConstantClass(value), IConstant<DeleteBehavior>
{
    public static readonly DeleteBehavior DELETE_FROM_DATABASE = new("DELETE_FROM_DATABASE");
    public static readonly DeleteBehavior DEPRECATE_IN_DATABASE = new("DEPRECATE_IN_DATABASE");
    public static readonly DeleteBehavior LOG = new("LOG");

    public static DeleteBehavior FindValue(string value) => FindValue<DeleteBehavior>(value);

    public static implicit operator DeleteBehavior(string value) => FindValue(value);
}
