using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Glue.Crawlers;

/// <summary>
/// Runs a crawl: lists the files of each target, samples them, infers one table per target, and updates the catalogue. As in
/// Glue, a target without files succeeds without a table.
/// </summary>
internal sealed class Crawl(Lake lake, GlueCatalog catalog, PartitionStore partitions)
{
    public async Task RunAsync(CrawlPlan plan, CancellationToken cancellationToken)
    {
        if (catalog.FindDatabase(plan.Database) is null)
        {
            catalog.CreateDatabase(plan.Database, []);
        }

        foreach (var (target, name) in plan.Targets.Zip(plan.Tables()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var files = lake.Files(target.Prefix).Where(f => f.Size > 0 && !IsHidden(target, f) && !IsExcluded(target, f)).ToList();
            var sample = await FileSample.ReadAsync(files, target.SampleSize, cancellationToken);
            if (sample.Columns.Count > 0)
            {
                Save(plan, name, new CrawledTable(plan.Crawler, target.Prefix, files, sample));
            }
            else
            {
                HandleMissingTable(plan, name);
            }
        }
    }

    private void Save(CrawlPlan plan, string name, CrawledTable table)
    {
        var document = table.ToDocument(name);
        var existing = catalog.FindTable(plan.Database, name);
        if (existing is null)
        {
            catalog.CreateTable(plan.Database, name, document);
        }
        else if (plan.Updates && !CrawledTable.SameDefinition(existing, document))
        {
            catalog.UpdateTable(plan.Database, name, document, null, skipArchive: false);
        }

        foreach (var partition in table.Partitions())
        {
            if (partitions.Find(plan.Database, name, partition.Values) is null)
            {
                partitions.Create(plan.Database, name, partition.Values, table.PartitionDocument(partition));
            }
        }
    }

    private void HandleMissingTable(CrawlPlan plan, string name)
    {
        if (catalog.FindTable(plan.Database, name) is not { } table || (string?)table["Parameters"]?["UPDATED_BY_CRAWLER"] != plan.Crawler)
        {
            return;
        }

        if (plan.DeleteBehavior == "DELETE_FROM_DATABASE")
        {
            catalog.DeleteTable(plan.Database, name);
        }
        else if (plan.DeleteBehavior == "DEPRECATE_IN_DATABASE")
        {
            table["Parameters"]!.AsObject()["DEPRECATED_BY_CRAWLER"] = plan.Crawler;
            catalog.UpdateTable(plan.Database, name, table, null, skipArchive: false);
        }
    }

    private static bool IsHidden(CrawlTarget target, LakeFile file) =>
        file.Key[target.Prefix.Key.Length..].Split('/').Any(s => s.StartsWith('_') || s.StartsWith('.'));

    private static bool IsExcluded(CrawlTarget target, LakeFile file) =>
        target.Exclusions.Any(pattern => Regex.IsMatch(file.Key[target.Prefix.Key.Length..], Glob(pattern), RegexOptions.NonBacktracking));

    private static string Glob(string pattern) =>
        "^" + Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(@"\?", "[^/]", StringComparison.Ordinal) + "$";
}

/// <summary>What to crawl, read from a crawler's document.</summary>
internal sealed record CrawlPlan(string Crawler, string Database, string TablePrefix, IReadOnlyList<CrawlTarget> Targets, bool Updates, string DeleteBehavior)
{
    /// <summary>The names of the tables it may create, one per target.</summary>
    public IReadOnlyList<string> Tables()
    {
        var names = new HashSet<string>();
        return [.. Targets.Select(target => CrawledTableName.Of(TablePrefix, target.Prefix, names))];
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
