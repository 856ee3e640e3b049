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
    SnapshotStore snapshots, SnapshotPublisher publisher, GlueTablePublisher flip, RunMarkers openRuns, LakeGarbageCollector sweep, PseudonymKeyCheck keys, LakeCatalog catalog, LakeOptions options)
    : IPublishingActivities
{
    /// <inheritdoc/>
    public async Task OpenRunAsync(RunContext run)
    {
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        await openRuns.WriteAsync(run, cancellation);
        var published = (await snapshots.ReadAsync(cancellation))?.Log.Current;
        if (published is not null)
        {
            await flip.PublishAsync(published, cancellation);
        }

        await keys.VerifyAsync(published?.KeyFingerprint);
    }

    /// <inheritdoc/>
    public async Task<PublishedSnapshot> PublishAsync(PublishInput input)
    {
        var context = ActivityExecutionContext.Current;
        // Again: the key may have been emptied or replaced while the run was at work.
        var fingerprint = await keys.VerifyAsync((await snapshots.ReadAsync(context.CancellationToken))?.Log.Current.KeyFingerprint);
        return await publisher.PublishAsync(
            input.Run,
            log => new Snapshot
            {
                Generation = 0,
                RunId = input.Run.Id,
                AsOf = input.Run.AsOf,
                Policy = input.Run.Policy,
                SourcePrefix = input.Run.SourcePrefix,
                KeyFingerprint = fingerprint,
                Tables = [.. input.Tables.Select(table => new SnapshotTable(table.Table, table.Location, table.Rows, table.Bytes))],
            },
            input.AllowLooserPolicy,
            input.SnapshotsToKeep,
            () => context.Heartbeat(),
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public async Task<KeptSnapshot> PickSnapshotAsync(PickSnapshotInput input)
    {
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        var log = (await snapshots.ReadAsync(cancellation))?.Log;
        var picked = input.Generation == 0 ? (log?.Previous is [var before, ..] ? before : null) : Find(log, input.Generation);
        if (picked is null)
        {
            throw NotKept(log, input.Generation);
        }

        await catalog.EnsureDatabaseAsync(options.WorkDatabase, cancellation);
        var workTables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in picked.Tables)
        {
            var name = SqlNames.WorkTable(table.Name, input.Run);
            await catalog.RegisterAsync(options.WorkDatabase, TableDefinitions.Parquet(name, LakeContract.Table(table.Name).Columns, table.Location), cancellation);
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
            log => (Find(log, input.Generation) ?? throw NotKept(log, input.Generation)) with
            {
                RunId = input.Run.Id,
                AsOf = input.Run.AsOf,
                RestoredFrom = input.Generation,
            },
            input.AllowLooserPolicy,
            snapshotsToKeep: null,
            () => context.Heartbeat(),
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public async Task CleanUpAsync(RunContext run)
    {
        var context = ActivityExecutionContext.Current;
        await sweep.CollectAsync(run, context.TemporalClient, () => context.Heartbeat(), context.CancellationToken);
        await openRuns.DeleteAsync(run.Id, context.CancellationToken);
    }

    private static Snapshot? Find(SnapshotLog? log, long generation) => log?.All.FirstOrDefault(snapshot => snapshot.Generation == generation);

    private static ApplicationFailureException NotKept(SnapshotLog? log, long generation)
    {
        var kept = log is null ? "none; nothing was published yet" : string.Join(", ", log.All.Select(snapshot => snapshot.Generation));
        return new(
            $"{(generation == 0 ? "There is no earlier snapshot" : $"Generation {generation} is not kept")}. Kept: {kept}.",
            FailureTypes.MissingResource,
            nonRetryable: true);
    }
}
