using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<CrawlerLineageSettings>))]
public class CrawlerLineageSettings(string value) : ConstantClass(value), IConstant<CrawlerLineageSettings>
{
    public static readonly CrawlerLineageSettings DISABLE = new("DISABLE");
    public static readonly CrawlerLineageSettings ENABLE = new("ENABLE");

    public static CrawlerLineageSettings FindValue(string value) => FindValue<CrawlerLineageSettings>(value);

    public static implicit operator CrawlerLineageSettings(string value) => FindValue(value);
}
