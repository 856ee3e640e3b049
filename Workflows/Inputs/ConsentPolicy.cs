namespace Stedi.Temporal.Workflows.Inputs;

/// <summary>Which readings of a consenting person may be used.</summary>
public enum ConsentPolicy
{
    /// <summary>All readings, if the person's latest record has a research consent.</summary>
    Given,

    /// <summary>Only readings that are not older than the consent.</summary>
    AtReading,
}
