using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>
/// Makes a snapshot the current one by compare-and-swap, then updates the Glue tables. If the swap fails, it reads the current
/// snapshot again: its own after a lost response, a later run's, which supersedes it, or an earlier run's, which it replaces.
/// </summary>
public sealed class SnapshotPublisher(SnapshotStore snapshots, GlueTablePublisher tablePublisher)
{
    /// <summary>Publishes a run's snapshot. Idempotent.</summary>
    /// <param name="run">The run.</param>
    /// <param name="create">Creates the snapshot, given the current log, or fails if it must not replace that. Its generation is assigned by this method.</param>
    /// <param name="allowLooserPolicy">Whether the snapshot may replace one with a stricter consent policy.</param>
    /// <param name="snapshotsToKeep">The number of snapshots to keep, or null for all.</param>
    /// <param name="cancellationToken">Cancels the publication. A snapshot that was swapped in stays.</param>
    public async Task<PublishedSnapshot> PublishAsync(
        RunContext run, Func<SnapshotLog?, Task<Snapshot>> create, bool allowLooserPolicy, int? snapshotsToKeep, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await snapshots.ReadAsync(cancellationToken);
            var current = found?.Log.Current;
            if (current is not null && current.RunId == run.Id)
            {
                return await PublishTablesAsync(current, PublishOutcome.Published, cancellationToken);
            }

            if (current is not null && current.AsOf > run.AsOf)
            {
                return await PublishTablesAsync(current, PublishOutcome.Superseded, cancellationToken);
            }

            var snapshot = await create(found?.Log) with { Generation = (current?.Generation ?? 0) + 1 };
            ThrowIfLooserPolicy(snapshot, current, allowLooserPolicy);
            var log = SnapshotLog.Push(found?.Log, snapshot, snapshotsToKeep ?? int.MaxValue);
            if (await snapshots.SwapAsync(log, found?.ETag, cancellationToken))
            {
                return await PublishTablesAsync(snapshot, PublishOutcome.Published, cancellationToken);
            }
        }
    }

    private async Task<PublishedSnapshot> PublishTablesAsync(Snapshot snapshot, PublishOutcome outcome, CancellationToken cancellationToken)
    {
        await tablePublisher.PublishAsync(snapshot, cancellationToken);
        return new(outcome, snapshot.Generation, snapshot.RunId, snapshot.AsOf, snapshots.Location);
    }

    private static void ThrowIfLooserPolicy(Snapshot snapshot, Snapshot? current, bool allowed)
    {
        if (current is { Policy: ConsentPolicy.AtReading } && snapshot.Policy == ConsentPolicy.Given && !allowed)
        {
            throw new ApplicationFailureException(
                "The published tables hold only readings made after consent (AtReading); these (Given) would add older ones. Nothing was published. Set allowLooserPolicy if that is intended.",
                FailureTypes.LooserPolicy,
                nonRetryable: true);
        }
    }
}
