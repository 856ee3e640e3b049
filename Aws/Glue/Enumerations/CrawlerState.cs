using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<CrawlerState>))]
public class CrawlerState(string value) : ConstantClass(value), IConstant<CrawlerState>
{
    public static readonly CrawlerState READY = new("READY");
    public static readonly CrawlerState RUNNING = new("RUNNING");
    public static readonly CrawlerState STOPPING = new("STOPPING");

    public static CrawlerState FindValue(string value) => FindValue<CrawlerState>(value);

    public static implicit operator CrawlerState(string value) => FindValue(value);
}
