using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Pseudonyms;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Publishing;

/// <inheritdoc/>
public sealed class PublishingActivities(
    SnapshotStore snapshots, SnapshotPublisher publisher, SnapshotComparison comparison, SnapshotTableCheck tableCheck, GlueTablePublisher tablePublisher, RunMarkers markers, LakeGarbageCollector garbageCollector, PseudonymKeyCheck keyCheck, LakeCatalog catalog, LakeOptions options)
    : IPublishingActivities
{
    /// <inheritdoc/>
    public async Task<RunContext> OpenRunAsync(RunContext run)
    {
        var context = ActivityExecutionContext.Current;
        var cancellationToken = context.CancellationToken;
        run = run with { Id = context.Info.WorkflowRunId!, Lake = options.Identity, HeartbeatSeconds = options.HeartbeatSeconds };
        await markers.WriteAsync(run, cancellationToken);
        var published = (await snapshots.ReadAsync(cancellationToken))?.Log.Current;
        var publishing = published is null ? Task.CompletedTask : tablePublisher.PublishAsync(published, cancellationToken);
        await Task.WhenAll(publishing, keyCheck.VerifyAsync(published?.KeyFingerprint));
        return run;
    }

    /// <inheritdoc/>
    public async Task<PublishedSnapshot> PublishAsync(PublishInput input)
    {
        var context = ActivityExecutionContext.Current;
        // Checked again, because the key may have been emptied or replaced during the run.
        var fingerprint = await keyCheck.VerifyAsync((await snapshots.ReadAsync(context.CancellationToken))?.Log.Current.KeyFingerprint);
        return await publisher.PublishAsync(
            input.Run,
            async log =>
            {
                await comparison.VerifyAsync(input, log);
                var snapshot = new Snapshot
                {
                    Generation = 0,
                    RunId = input.Run.Id,
                    AsOf = input.Run.AsOf,
                    Policy = input.Run.Policy,
                    SourcePrefix = input.Run.SourcePrefix,
                    KeyFingerprint = fingerprint,
                    Accepted = input.Accepted,
                    Tables = [.. input.Tables.Select(table => new SnapshotTable(table.Table, table.Location, table.Rows, table.Bytes))],
                };
                await tableCheck.VerifyAsync(snapshot, input.Audited, context.CancellationToken);
                return snapshot;
            },
            input.AllowLooserPolicy,
            input.SnapshotsToKeep,
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public async Task<KeptSnapshot> PickSnapshotAsync(PickSnapshotInput input)
    {
        var cancellationToken = ActivityExecutionContext.Current.CancellationToken;
        var log = (await snapshots.ReadAsync(cancellationToken))?.Log;
        var picked = input.Generation == 0 ? (log?.Previous is [var previous, ..] ? previous : null) : Find(log, input.Generation);
        if (picked is null)
        {
            throw NotKept(log, input.Generation);
        }

        await catalog.EnsureDatabaseAsync(options.WorkDatabase, cancellationToken);
        var workTables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in picked.Tables)
        {
            var name = SqlNames.WorkTable(table.Name, input.Run);
            await catalog.RegisterAsync(options.WorkDatabase, TableDefinitions.Parquet(name, LakeContract.Table(table.Name).Columns, table.Location), cancellationToken);
            workTables[table.Name] = name;
        }

        return new(picked.Generation, picked.Policy, picked.SourcePrefix, workTables);
    }

    /// <inheritdoc/>
    public Task<PublishedSnapshot> RestoreAsync(RestoreInput input)
    {
        var context = ActivityExecutionContext.Current;
        return publisher.PublishAsync(
            input.Run,
            async log =>
            {
                var kept = Find(log, input.Generation) ?? throw NotKept(log, input.Generation);
                await tableCheck.VerifyAsync(kept, input.Audited, context.CancellationToken);
                return kept with { RunId = input.Run.Id, AsOf = input.Run.AsOf, RestoredFrom = input.Generation };
            },
            input.AllowLooserPolicy,
            snapshotsToKeep: null,
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public async Task CleanUpAsync(RunContext run)
    {
        var context = ActivityExecutionContext.Current;
        await garbageCollector.CollectAsync(run, context.TemporalClient, context.CancellationToken);
        await markers.DeleteAsync(run.Id, context.CancellationToken);
    }

    private static Snapshot? Find(SnapshotLog? log, long generation) => log?.All.FirstOrDefault(snapshot => snapshot.Generation == generation);

    private static ApplicationFailureException NotKept(SnapshotLog? log, long generation)
    {
        var kept = log is null ? "none, because nothing has been published yet" : string.Join(", ", log.All.Select(snapshot => snapshot.Generation));
        return new(
            $"{(generation == 0 ? "There is no earlier snapshot" : $"Generation {generation} is not kept")}. Kept: {kept}.",
            FailureTypes.MissingResource,
            nonRetryable: true);
    }
}
