using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Keeping only what people agreed to.</summary>
public interface IConsentActivities
{
    /// <summary>Makes customer_trusted: the latest record of every person, where it carries a research consent.</summary>
    [Activity]
    public Task<BuiltTable> FilterCustomersAsync(BuildInput input);

    /// <summary>Makes accelerometer_trusted: readings of trusted customers, each once.</summary>
    [Activity]
    public Task<BuiltTable> FilterAccelerometerAsync(BuildInput input);
}
