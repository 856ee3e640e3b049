using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Bringing the two sensors together.</summary>
public interface ISensorActivities
{
    /// <summary>Makes step_trainer_trusted: readings of curated customers' devices, each once.</summary>
    [Activity]
    public Task<BuiltTable> FilterStepTrainerAsync(BuildInput input);

    /// <summary>
    /// Makes machine_learning_curated: each step reading with the accelerometer readings of the same person at the
    /// same instant, under a pseudonym.
    /// </summary>
    [Activity]
    public Task<BuiltTable> JoinSensorsAsync(BuildInput input);
}
