using Stedi.Temporal.Workflows.Lake;
using Temporalio.Activities;

namespace Stedi.Temporal.Workflows;

/// <summary>Making a run's tables visible, all together or not at all.</summary>
public interface IPublishingActivities
{
    /// <summary>
    /// Notes that the run is under way, so that no other run takes its work for a leftover, and finishes a publication whose
    /// publisher died.
    /// </summary>
    [Activity]
    Task OpenRunAsync(LakeRun run);

    /// <summary>Publishes the run's snapshot, or finds that a newer one is already there.</summary>
    [Activity]
    Task<PublishedSnapshot> PublishAsync(PublishInput input);

    /// <summary>
    /// Finds a kept snapshot and makes its tables readable to the run. Fails for good
    /// (<see cref="FailureTypes.MissingResource"/>) when it is not kept.
    /// </summary>
    [Activity]
    Task<KeptSnapshot> PickSnapshotAsync(PickSnapshotInput input);

    /// <summary>Publishes a kept snapshot's tables again, as a new generation, or finds that a newer one is already there.</summary>
    [Activity]
    Task<PublishedSnapshot> RestoreAsync(RestoreInput input);

    /// <summary>
    /// Removes the run's work tables and staged data, what closed runs left behind, and snapshots that are no longer kept.
    /// Never what readers see, or what an open run may need.
    /// </summary>
    [Activity]
    Task CleanUpAsync(LakeRun run);
}
