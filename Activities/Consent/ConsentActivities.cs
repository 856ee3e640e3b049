using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Consent;

/// <inheritdoc/>
public sealed class ConsentActivities(TableBuilder tables) : IConsentActivities
{
    /// <inheritdoc/>
    public Task<BuiltTable> FilterCustomersAsync(BuildInput input) => tables.BuildAsync("Consent", LakeTables.CustomerTrusted, input);

    /// <inheritdoc/>
    public Task<BuiltTable> FilterAccelerometerAsync(BuildInput input) => tables.BuildAsync("Consent", LakeTables.AccelerometerTrusted, input);
}
