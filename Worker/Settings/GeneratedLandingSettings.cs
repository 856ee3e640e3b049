namespace Stedi.Temporal.Worker.Settings;

/// <summary>The landing data that is generated where a laptop's lake is empty: the same for the same settings.</summary>
public sealed record GeneratedLandingSettings
{
    /// <summary>How many customers; their readings follow from it.</summary>
    public int Customers { get; init; } = 956;

    /// <summary>Another seed makes other data of the same shape.</summary>
    public int Seed { get; init; } = 1;
}
