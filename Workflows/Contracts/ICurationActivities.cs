using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Choosing the customers worth training on.</summary>
public interface ICurationActivities
{
    /// <summary>Makes customers_curated: trusted customers who have trusted readings, one row each.</summary>
    [Activity]
    public Task<BuiltTable> CurateCustomersAsync(BuildInput input);
}
