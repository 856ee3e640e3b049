namespace Stedi.Temporal.Workflows.Lake;

/// <summary>What became of a run's tables.</summary>
public enum PublishOutcome
{
    /// <summary>Readers see them.</summary>
    Published,

    /// <summary>A run with a later time published first: its tables stay, these are dropped.</summary>
    Superseded,
}
