using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Glue.Crawling;

/// <summary>What a crawler's document asks for.</summary>
internal sealed record CrawlPlan(string Crawler, string Database, string TablePrefix, IReadOnlyList<CrawlTarget> Targets, bool Updates, string DeleteBehavior)
{
    /// <summary>The names of the tables it may make, one a target.</summary>
    public IReadOnlyList<string> Tables()
    {
        var names = new HashSet<string>();
        return [.. Targets.Select(target => CrawledName.Of(TablePrefix, target.Prefix, names))];
    }

    public static CrawlPlan Of(JsonObject crawler)
    {
        var targets = (crawler["Targets"]?["S3Targets"] as JsonArray ?? []).Select(t =>
        {
            var path = (string)t!["Path"]!;
            return S3Uri.TryParse(path, out var uri)
                ? new CrawlTarget(uri.AsPrefix(), [.. (t["Exclusions"] as JsonArray ?? []).Select(e => (string)e!)], (int?)t["SampleSize"])
                : throw new FormatException($"'{path}' is not of the form s3://bucket/prefix.");
        });
        var policy = crawler["SchemaChangePolicy"];
        return new CrawlPlan((string)crawler["Name"]!, ((string?)crawler["DatabaseName"] ?? "").ToLowerInvariant(), (string?)crawler["TablePrefix"] ?? "", [.. targets],
            (string?)policy?["UpdateBehavior"] is not "LOG", (string?)policy?["DeleteBehavior"] ?? "DEPRECATE_IN_DATABASE");
    }
}

/// <param name="Exclusions">Glob patterns relative to the prefix.</param>
/// <param name="SampleSize">Files to sample in each leaf folder; null samples as many as the crawl's budget allows.</param>
internal sealed record CrawlTarget(S3Uri Prefix, IReadOnlyList<string> Exclusions, int? SampleSize);
