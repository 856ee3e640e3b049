using Stedi.Temporal.Activities.Queries;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Activities.Consent;

/// <inheritdoc/>
public sealed class ConsentActivities(TableBuilder tables) : IConsentActivities
{
    /// <inheritdoc/>
    public Task<BuiltTable> FilterCustomersAsync(BuildInput input) => tables.BuildAsync("Consent", LakeTables.CustomerTrusted, input);

    /// <inheritdoc/>
    public Task<BuiltTable> FilterAccelerometerAsync(BuildInput input) => tables.BuildAsync("Consent", LakeTables.AccelerometerTrusted, input);
}
