using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Queries;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Lake;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Sensors;

/// <inheritdoc/>
public sealed class SensorActivities(TableBuilder tables, LakeCatalog catalog, LakeOptions options) : ISensorActivities
{
    /// <inheritdoc/>
    public Task<BuiltTable> FilterStepTrainerAsync(BuildInput input) => tables.BuildAsync("Sensors", LakeTables.StepTrainerTrusted, input);

    /// <inheritdoc/>
    public async Task<BuiltTable> JoinSensorsAsync(BuildInput input)
    {
        var key = await catalog.FindAsync(options.PrivateDatabase, options.PseudonymKeyTable, ActivityExecutionContext.Current.CancellationToken);
        return key is null
            ? throw new ApplicationFailureException(
                $"There is no table {options.PrivateDatabase}.{options.PseudonymKeyTable}, which holds the key of the pseudonyms. Make it as the documentation says under \"The pseudonym key\": one row, one column named key, readable by this role only.",
                FailureTypes.MissingPseudonymKey,
                nonRetryable: true)
            : await tables.BuildAsync("Sensors", LakeTables.MachineLearningCurated, input);
    }
}
