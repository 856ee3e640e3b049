using Stedi.Temporal.Workflows.Lake;
using Temporalio.Activities;

namespace Stedi.Temporal.Workflows;

/// <summary>Making a run's tables visible, all together or not at all.</summary>
public interface IPublishingActivities
{
    /// <summary>Publishes the run's snapshot, or finds that a newer one is already there.</summary>
    [Activity]
    Task<PublishedSnapshot> PublishAsync(PublishInput input);

    /// <summary>Removes the run's work tables and staged data, and snapshots beyond those to keep. Never what readers see.</summary>
    [Activity]
    Task CleanUpAsync(CleanUpInput input);
}
