using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;
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
        var (files, skipped) = await landed.ListAsync(prefix, context.CancellationToken);
        if (files.Sum(file => file.Bytes) == 0)
        {
            var note = skipped.Count == 0 ? "" : $" Files and folders whose names begin with _ or . are skipped: {FileNames.List(skipped.Select(file => file.Key), skipped.Count)}.";
            throw Broken($"Nothing has landed in {location}. Put the {source.Name} files there, as JSON lines, and run again.{note}");
        }

        var table = await CrawlAsync(source, location, context);
        if (table is not null && ContractCheck.Missing(source, table) is { Count: > 0 } missing)
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
            Notes = table is null ? [$"the crawler found no JSON document and made no table {source.LandingTable}"] : ContractCheck.Notes(source, table),
        };
    }

    /// <inheritdoc/>
    public async Task<StagedSource> StageAsync(StageInput input)
    {
        var context = ActivityExecutionContext.Current;
        var source = LakeContract.Source(input.Source.Source);
        var textTable = SqlNames.TextTable(source.Name, input.Run);
        await catalog.RegisterAsync(options.WorkDatabase, TableDefinitions.Text(textTable, input.Source.Location), context.CancellationToken);
        var text = SqlNames.Qualified(options.WorkDatabase, textTable);

        var prefix = objects.Key(input.Source.Location);
        var before = await landed.ListAsync(prefix, context.CancellationToken);
        if (context.Info.Attempt > 1)
        {
            // A resumed query need not have read files that were written after it was submitted.
            before = before.Before(context.Info.ScheduledTime);
        }

        var lines = StagingCounts.None;
        var staged = await tables.WriteAsync(
            input.Run,
            input.StepId,
            source.StagedTable,
            LakeZones.Staged,
            source.StagedColumns,
            StagingQuery.For(source, await StagingTablesAsync(input.Run, text)),
            async (_, table) => (lines = StagingCounts.From(await queries.SelectAsync($"counting {source.StagedTable}", StagingCounts.Query(source, table)))).All);
        var after = await landed.ListAsync(prefix, context.CancellationToken);
        var read = await landed.VerifyAsync(source.LandingTable, before, after, lines.ReadFiles, context.CancellationToken);
        VerifySizes(source, read, lines);

        return new()
        {
            Source = source.Name,
            Data = staged,
            Accepted = lines.Accepted,
            Rejected = lines.Rejected,
            Blank = lines.Blank,
            Cleared = lines.Cleared,
            Bytes = lines.Bytes,
            RejectedBytes = lines.RejectedBytes,
            Files = lines.Files.Count,
            RejectedFiles = Named(lines.FilesWithoutAccepted(moreThan: 0)),
            UnreadableFiles = Named(lines.FilesWithoutAccepted(moreThan: 1)),
            Unattributed = lines.Unattributed,
            UnattributedFiles = Named(lines.FilesWithoutPerson()),
            DroppedValues = lines.DroppedValues,
            DamagedTexts = lines.DamagedTexts,
            Consents = lines.Consents,
            SkippedFiles = NamedFiles.Of([.. after.Skipped.Select(file => file.Key)]),
            LateFiles = NamedFiles.Of([.. read.Late.Select(file => file.Key)]),
            Listing = read.Fingerprint(),
            Rejections = [.. lines.Rejections.Take(MostRejections)],
        };
    }

    /// <inheritdoc/>
    public Task<QuarantinedLines> QuarantineAsync(QuarantineInput input)
    {
        var source = LakeContract.Source(input.Staged.Source);
        return QuarantineAsync(input, source, QuarantineQuery.For(source, SqlNames.Qualified(options.WorkDatabase, input.Staged.Data.WorkTable)));
    }

    /// <inheritdoc/>
    public Task<QuarantinedLines> QuarantineRecordsAsync(QuarantineInput input)
    {
        var values = SqlNames.For(input.Run, new Dictionary<string, string> { [input.Staged.Data.Table] = input.Staged.Data.WorkTable }, options);
        values["customer_text"] = SqlNames.Qualified(options.WorkDatabase, SqlNames.TextTable(LandingSources.Customer, input.Run));
        return QuarantineAsync(input, LakeContract.Source(LandingSources.Customer), QuarantineQuery.ForRecords(values));
    }

    /// <inheritdoc/>
    public async Task<string> ListAsync(ListInput input)
    {
        var listing = await landed.ListAsync(objects.Key(input.Source.Location), ActivityExecutionContext.Current.CancellationToken);
        return new ReadFiles(listing.Files, []).Fingerprint();
    }

    // The heartbeat's detail is the number of crawls of this step that failed, if any did.
    private async Task<Table?> CrawlAsync(SourceContract source, string location, ActivityExecutionContext context)
    {
        var failed = context.Info.HeartbeatDetails.Count > 0 ? await context.Info.HeartbeatDetailAtAsync<int>(0) : 0;
        try
        {
            return await crawler.CrawlAsync(source, location, context.CancellationToken);
        }
        catch (ApplicationFailureException e) when (e.ErrorType == LandingCrawler.Failed)
        {
            context.Heartbeat(failed + 1);
            throw SubmissionLimit.Apply(e, failed + 1);
        }
    }

    private async Task<StagingTables> StagingTablesAsync(RunContext run, string text)
    {
        var cleared = await catalog.FindAsync(options.PrivateDatabase, options.ClearedLinesTable, ActivityExecutionContext.Current.CancellationToken);
        return new(
            text,
            SqlNames.Qualified(options.PrivateDatabase, options.PseudonymKeyTable),
            cleared is null ? null : SqlNames.Qualified(options.PrivateDatabase, options.ClearedLinesTable),
            run.AsOf.ToUnixTimeMilliseconds());
    }

    // The reader is held against S3's listing: it neither lost nor invented bytes.
    private void VerifySizes(SourceContract source, ReadFiles read, StagingCounts lines)
    {
        var others = landed.OfOtherSize(read.Landed, lines.UndamagedSizes);
        if (others.Count > 0)
        {
            throw new ApplicationFailureException(
                $"The query for {source.LandingTable} read more or fewer bytes than these files have: {FileNames.List(others.Select(file => file.Key), others.Count)}. Nothing was published. Run again; if it happens again, split or rename these files.",
                FailureTypes.LandingMismatch,
                nonRetryable: true);
        }
    }

    private async Task<QuarantinedLines> QuarantineAsync(QuarantineInput input, SourceContract source, string select)
    {
        var quarantined = await tables.WriteAsync(input.Run, input.StepId, $"{source.Name}_rejected", LakeZones.Quarantine, QuarantineQuery.Columns(source), select);
        return new(quarantined.Location, quarantined.Rows);
    }

    private NamedFiles Named(IReadOnlyList<string> uris) => NamedFiles.Of([.. uris.Select(objects.Key)]);

    private static ApplicationFailureException Broken(string message) => new(message, FailureTypes.BrokenContract, nonRetryable: true);
}
