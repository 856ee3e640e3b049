namespace Stedi.Temporal.Workflows.Inputs;

/// <summary>Which readings of a consenting person may be used.</summary>
public enum ConsentPolicy
{
    /// <summary>All of them: a research consent exists in the person's latest record.</summary>
    Given,

    /// <summary>Only those that are not older than the consent.</summary>
    AtReading,
}
