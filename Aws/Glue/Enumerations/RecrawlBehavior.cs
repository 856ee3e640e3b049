using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<RecrawlBehavior>))]
public class RecrawlBehavior(string value) : ConstantClass(value), IConstant<RecrawlBehavior>
{
    public static readonly RecrawlBehavior CRAWL_EVENT_MODE = new("CRAWL_EVENT_MODE");
    public static readonly RecrawlBehavior CRAWL_EVERYTHING = new("CRAWL_EVERYTHING");
    public static readonly RecrawlBehavior CRAWL_NEW_FOLDERS_ONLY = new("CRAWL_NEW_FOLDERS_ONLY");

    public static RecrawlBehavior FindValue(string value) => FindValue<RecrawlBehavior>(value);

    public static implicit operator RecrawlBehavior(string value) => FindValue(value);
}
