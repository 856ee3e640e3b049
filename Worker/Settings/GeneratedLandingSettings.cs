namespace Stedi.Temporal.Worker.Settings;

/// <summary>The landing data that is generated where a laptop's lake is empty: the same for the same settings.</summary>
public sealed record GeneratedLandingSettings
{
    /// <summary>1 makes the size of the published data set: 956 customers, 81,273 accelerometer and 28,680 step rows.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Another seed makes other data of the same shape.</summary>
    public int Seed { get; init; } = 1;
}
