using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Catalog;

/// <inheritdoc/>
public sealed class CatalogActivities(
    LandingCrawler crawler, LandedFiles landed, LakeCatalog catalog, LakeObjects objects, DurableQueryRunner queries, TableBuilder tables, LakeOptions options, TimeProvider time)
    : ICatalogActivities
{
    // A report lists only the largest rejections. Its counts include all.
    private const int MostRejections = 20;

    /// <inheritdoc/>
    public async Task<CrawledSource> CrawlAsync(CrawlInput input)
    {
        var context = ActivityExecutionContext.Current;
        var started = time.GetTimestamp();
        var source = LakeContract.Source(input.Source);
        var prefix = input.Run.SourcePrefix + LandingSources.Prefix(source.Name);
        var location = objects.Uri(prefix);

        await catalog.EnsureDatabaseAsync(options.Database, context.CancellationToken);
        await catalog.EnsureDatabaseAsync(options.WorkDatabase, context.CancellationToken);
        var files = await landed.ListAsync(prefix, context.CancellationToken);
        if (files.Sum(file => file.Bytes) == 0)
        {
            throw Broken($"Nothing has landed in {location}. Put the {source.Name} files there, as JSON lines, and run again.");
        }

        var table = await crawler.CrawlAsync(source, location, () => context.Heartbeat(), context.CancellationToken);
        if (ContractCheck.Missing(source, table) is { Count: > 0 } missing)
        {
            throw Broken($"No file in {location} has {string.Join(", ", missing)}. The pipeline requires {(missing.Count == 1 ? "this column" : "these columns")}: check that the right files landed there.");
        }

        return new()
        {
            Source = source.Name,
            Table = source.LandingTable,
            Location = location,
            Files = files.Count,
            Bytes = files.Sum(file => file.Bytes),
            Seconds = time.GetElapsedTime(started).TotalSeconds,
            Notes = ContractCheck.Notes(source, table),
        };
    }

    /// <inheritdoc/>
    public async Task<StagedSource> StageAsync(StageInput input)
    {
        var context = ActivityExecutionContext.Current;
        var source = LakeContract.Source(input.Source.Source);
        var textTable = SqlNames.TextTable(source.Name, input.Run);
        await catalog.RegisterAsync(options.WorkDatabase, TableDefinitions.Text(textTable, input.Source.Location), context.CancellationToken);

        var prefix = objects.Key(input.Source.Location);
        var before = await landed.ListAsync(prefix, context.CancellationToken);
        if (context.Info.Attempt > 1)
        {
            // A resumed query need not have read files that landed after it started. S3 rounds times to seconds.
            before = [.. before.Where(file => file.Modified.AddSeconds(1) <= context.Info.ScheduledTime)];
        }

        var lines = StagingCounts.None;
        var staged = await tables.WriteAsync(
            input.Run,
            input.StepId,
            source.StagedTable,
            LakeZones.Staged,
            source.StagedColumns,
            StagingQuery.For(source, new(
                SqlNames.Qualified(options.WorkDatabase, textTable),
                SqlNames.Qualified(options.PrivateDatabase, options.PseudonymKeyTable),
                null,
                input.Run.AsOf.ToUnixTimeMilliseconds())),
            async (_, table) => (lines = await CountAsync(source, table)).All);
        var after = await landed.ListAsync(prefix, context.CancellationToken);
        await landed.RequireReadAsync(source.LandingTable, before, after, lines.Files, context.CancellationToken);

        return new()
        {
            Source = source.Name,
            Data = staged,
            Accepted = lines.Accepted,
            Rejected = lines.Rejected,
            Rejections = [.. lines.Rejections.Take(MostRejections)],
        };
    }

    /// <inheritdoc/>
    public async Task<QuarantinedLines> QuarantineAsync(QuarantineInput input)
    {
        var cancellationToken = ActivityExecutionContext.Current.CancellationToken;
        var source = LakeContract.Source(input.Source.Source);
        var textTable = SqlNames.WorkTable($"{source.Name}_text", input.Run);
        await catalog.RegisterAsync(options.WorkDatabase, TableDefinitions.Text(textTable, input.Source.Location), cancellationToken);
        var quarantined = await tables.WriteAsync(
            input.Run,
            input.StepId,
            $"{source.Name}_rejected",
            LakeZones.Quarantine,
            QuarantineQuery.Columns,
            QuarantineQuery.For(source, SqlNames.Qualified(options.WorkDatabase, textTable), FilesWithRejections(input.Staged)));
        return new(quarantined.Location, quarantined.Rows);
    }

    // If the staged source does not list all rejections, any of its files may contain rejected lines.
    private static IEnumerable<string> FilesWithRejections(StagedSource staged) =>
        staged.Rejections.Sum(rejected => rejected.Lines) == staged.Rejected ? staged.Rejections.Select(rejected => rejected.File) : [];

    private async Task<StagingCounts> CountAsync(SourceContract source, string table)
    {
        var rows = await queries.SelectAsync(
            $"counting {source.StagedTable}",
            $"""
            SELECT source_file, reason, count(*) AS n
            FROM {table}
            GROUP BY source_file, reason
            ORDER BY n DESC
            """);
        return StagingCounts.From(rows);
    }

    private static ApplicationFailureException Broken(string message) => new(message, FailureTypes.BrokenContract, nonRetryable: true);
}
