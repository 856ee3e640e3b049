using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Selects the customers whose data can be used for training.</summary>
public interface ICurationActivities
{
    /// <summary>Builds customers_curated: trusted customers who have trusted readings, one row per customer.</summary>
    [Activity]
    public Task<BuiltTable> CurateCustomersAsync(BuildInput input);
}
