using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Curation;

/// <inheritdoc/>
public sealed class CurationActivities(TableBuilder tables) : ICurationActivities
{
    /// <inheritdoc/>
    public Task<BuiltTable> CurateCustomersAsync(BuildInput input) => tables.BuildAsync("Curation", LakeTables.CustomersCurated, input);
}
