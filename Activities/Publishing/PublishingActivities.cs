using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Lake;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Publishing;

/// <inheritdoc/>
public sealed class PublishingActivities(SnapshotStore snapshots, TableFlip flip, OpenRuns openRuns, LakeSweep sweep) : IPublishingActivities
{
    /// <inheritdoc/>
    public async Task OpenRunAsync(LakeRun run)
    {
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        await openRuns.OpenAsync(run, cancellation);
        if (await snapshots.ReadAsync(cancellation) is { } found)
        {
            await flip.ApplyAsync(found.Log.Current, cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<PublishedSnapshot> PublishAsync(PublishInput input)
    {
        var context = ActivityExecutionContext.Current;
        while (true)
        {
            context.Heartbeat();
            var found = await snapshots.ReadAsync(context.CancellationToken);
            var current = found?.Log.Current;
            if (current is not null && current.RunId != input.Run.Id && current.AsOf > input.Run.AsOf)
            {
                // Whoever published it may have died before its flips were done.
                await flip.ApplyAsync(current, context.CancellationToken);
                return new(PublishOutcome.Superseded, current.Generation, current.RunId, current.AsOf, snapshots.Location);
            }

            var snapshot = current?.RunId == input.Run.Id ? current : ToSnapshot(input, (current?.Generation ?? 0) + 1);
            if (snapshot != current)
            {
                RefuseLooserPolicy(input, current);
                if (!await snapshots.SwapAsync(SnapshotLog.Push(found?.Log, snapshot, input.SnapshotsToKeep), found?.ETag, context.CancellationToken))
                {
                    continue;
                }
            }

            await flip.ApplyAsync(snapshot, context.CancellationToken);
            return new(PublishOutcome.Published, snapshot.Generation, snapshot.RunId, snapshot.AsOf, snapshots.Location);
        }
    }

    /// <inheritdoc/>
    public async Task CleanUpAsync(LakeRun run)
    {
        var context = ActivityExecutionContext.Current;
        await sweep.RemoveLeftoversAsync(run, context.TemporalClient, () => context.Heartbeat(), context.CancellationToken);
        await openRuns.CloseAsync(run.Id, context.CancellationToken);
    }

    static Snapshot ToSnapshot(PublishInput input, long generation) => new()
    {
        Generation = generation,
        RunId = input.Run.Id,
        AsOf = input.Run.AsOf,
        Policy = input.Run.Policy,
        Tables = [.. input.Tables.Select(table => new SnapshotTable(table.Table, table.Location, table.Rows, table.Bytes))],
    };

    static void RefuseLooserPolicy(PublishInput input, Snapshot? current)
    {
        if (current is { Policy: ConsentPolicy.AtReading } && input.Run.Policy == ConsentPolicy.Given && !input.AllowLooserPolicy)
        {
            throw new ApplicationFailureException(
                "The published tables hold only readings made after consent (AtReading); this run (Given) would add older ones. Nothing was published. Give allowLooserPolicy if that is meant.",
                FailureTypes.LooserPolicy,
                nonRetryable: true);
        }
    }
}
