using Stedi.Temporal.Activities.Queries;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Activities.Curation;

/// <inheritdoc/>
public sealed class CurationActivities(TableBuilder tables) : ICurationActivities
{
    /// <inheritdoc/>
    public Task<BuiltTable> CurateCustomersAsync(BuildInput input) => tables.BuildAsync("Curation", LakeTables.CustomersCurated, input);
}
