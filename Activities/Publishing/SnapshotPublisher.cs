using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>
/// Makes a snapshot the current one, by compare-and-swap, and flips the tables after it. Whoever loses the swap reads again:
/// it finds itself (a lost answer), or a later run, which supersedes it, or an earlier one, which it replaces.
/// </summary>
public sealed class SnapshotPublisher(SnapshotStore snapshots, GlueTablePublisher flip)
{
    /// <summary>Publishes for a run, once, however often it is called.</summary>
    /// <param name="run">The run.</param>
    /// <param name="make">The snapshot to publish, given what is published now; its generation is set here.</param>
    /// <param name="allowLooserPolicy">Whether its policy may be looser than the current one's.</param>
    /// <param name="snapshotsToKeep">How many snapshots stay, or null for as many as there are.</param>
    /// <param name="heartbeat">Called at every try, to show that somebody works.</param>
    /// <param name="cancellationToken">Stops trying; what was published stays.</param>
    public async Task<PublishedSnapshot> PublishAsync(
        RunContext run, Func<SnapshotLog?, Snapshot> make, bool allowLooserPolicy, int? snapshotsToKeep, Action heartbeat, CancellationToken cancellationToken)
    {
        while (true)
        {
            heartbeat();
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

            var snapshot = make(found?.Log) with { Generation = (current?.Generation ?? 0) + 1 };
            RefuseLooserPolicy(snapshot, current, allowLooserPolicy);
            var log = SnapshotLog.Push(found?.Log, snapshot, snapshotsToKeep ?? int.MaxValue);
            if (await snapshots.SwapAsync(log, found?.ETag, cancellationToken))
            {
                return await PublishTablesAsync(snapshot, PublishOutcome.Published, cancellationToken);
            }
        }
    }

    private async Task<PublishedSnapshot> PublishTablesAsync(Snapshot snapshot, PublishOutcome outcome, CancellationToken cancellationToken)
    {
        await flip.PublishAsync(snapshot, cancellationToken);
        return new(outcome, snapshot.Generation, snapshot.RunId, snapshot.AsOf, snapshots.Location);
    }

    private static void RefuseLooserPolicy(Snapshot snapshot, Snapshot? current, bool allowed)
    {
        if (current is { Policy: ConsentPolicy.AtReading } && snapshot.Policy == ConsentPolicy.Given && !allowed)
        {
            throw new ApplicationFailureException(
                "The published tables hold only readings made after consent (AtReading); these (Given) would add older ones. Nothing was published. Give allowLooserPolicy if that is meant.",
                FailureTypes.LooserPolicy,
                nonRetryable: true);
        }
    }
}
