using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Builds the tables of data that people consented to share.</summary>
public interface IConsentActivities
{
    /// <summary>Builds customer_trusted: the latest record of every person, if it has a research consent.</summary>
    [Activity]
    public Task<BuiltTable> FilterCustomersAsync(BuildInput input);

    /// <summary>Builds accelerometer_trusted: readings of trusted customers, without duplicates.</summary>
    [Activity]
    public Task<BuiltTable> FilterAccelerometerAsync(BuildInput input);
}
