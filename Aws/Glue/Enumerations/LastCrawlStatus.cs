using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<LastCrawlStatus>))]
public class LastCrawlStatus(string value) : ConstantClass(value), IConstant<LastCrawlStatus>
{
    public static readonly LastCrawlStatus CANCELLED = new("CANCELLED");
    public static readonly LastCrawlStatus FAILED = new("FAILED");
    public static readonly LastCrawlStatus SUCCEEDED = new("SUCCEEDED");

    public static LastCrawlStatus FindValue(string value) => FindValue<LastCrawlStatus>(value);

    public static implicit operator LastCrawlStatus(string value) => FindValue(value);
}
