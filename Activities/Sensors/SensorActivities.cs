using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Sensors;

/// <inheritdoc/>
public sealed class SensorActivities(TableBuilder tables) : ISensorActivities
{
    /// <inheritdoc/>
    public Task<BuiltTable> FilterStepTrainerAsync(BuildInput input) => tables.BuildAsync("Sensors", LakeTables.StepTrainerTrusted, input);

    /// <inheritdoc/>
    public Task<BuiltTable> JoinSensorsAsync(BuildInput input) => tables.BuildAsync("Sensors", LakeTables.MachineLearningCurated, input);
}
