using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<UpdateBehavior>))]
public class UpdateBehavior(string value) : ConstantClass(value), IConstant<UpdateBehavior>
{
    public static readonly UpdateBehavior LOG = new("LOG");
    public static readonly UpdateBehavior UPDATE_IN_DATABASE = new("UPDATE_IN_DATABASE");

    public static UpdateBehavior FindValue(string value) => FindValue<UpdateBehavior>(value);

    public static implicit operator UpdateBehavior(string value) => FindValue(value);
}
