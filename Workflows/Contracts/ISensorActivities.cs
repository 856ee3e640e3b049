using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Builds the tables that join the two sensors.</summary>
public interface ISensorActivities
{
    /// <summary>Builds step_trainer_trusted: readings of curated customers' devices, without duplicates.</summary>
    [Activity]
    public Task<BuiltTable> FilterStepTrainerAsync(BuildInput input);

    /// <summary>
    /// Builds machine_learning_curated: each step reading with the accelerometer readings of the same person at the
    /// same instant, under a pseudonym.
    /// </summary>
    [Activity]
    public Task<BuiltTable> JoinSensorsAsync(BuildInput input);
}
