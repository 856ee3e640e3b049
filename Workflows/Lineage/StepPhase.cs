namespace Stedi.Temporal.Workflows.Lineage;

/// <summary>What a lineage event says of a step. Every step has a <see cref="Start"/> and one of the others.</summary>
public enum StepPhase
{
    /// <summary>It began.</summary>
    Start,

    /// <summary>It succeeded.</summary>
    Complete,

    /// <summary>It failed.</summary>
    Fail,

    /// <summary>It was cancelled, or its result was superseded.</summary>
    Abort,
}
