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

[JsonConverter(typeof(ConstantConverter<DeleteBehavior>))]
public class DeleteBehavior(string value) : ConstantClass(value), IConstant<DeleteBehavior>
{
    public static readonly DeleteBehavior DELETE_FROM_DATABASE = new("DELETE_FROM_DATABASE");
    public static readonly DeleteBehavior DEPRECATE_IN_DATABASE = new("DEPRECATE_IN_DATABASE");
    public static readonly DeleteBehavior LOG = new("LOG");

    public static DeleteBehavior FindValue(string value) => FindValue<DeleteBehavior>(value);

    public static implicit operator DeleteBehavior(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<LastCrawlStatus>))]
public class LastCrawlStatus(string value) : ConstantClass(value), IConstant<LastCrawlStatus>
{
    public static readonly LastCrawlStatus CANCELLED = new("CANCELLED");
    public static readonly LastCrawlStatus FAILED = new("FAILED");
    public static readonly LastCrawlStatus SUCCEEDED = new("SUCCEEDED");

    public static LastCrawlStatus FindValue(string value) => FindValue<LastCrawlStatus>(value);

    public static implicit operator LastCrawlStatus(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<UpdateBehavior>))]
public class UpdateBehavior(string value) : ConstantClass(value), IConstant<UpdateBehavior>
{
    public static readonly UpdateBehavior LOG = new("LOG");
    public static readonly UpdateBehavior UPDATE_IN_DATABASE = new("UPDATE_IN_DATABASE");

    public static UpdateBehavior FindValue(string value) => FindValue<UpdateBehavior>(value);

    public static implicit operator UpdateBehavior(string value) => FindValue(value);
}
