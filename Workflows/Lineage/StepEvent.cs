using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Workflows.Lineage;

/// <summary>One thing that happened to a step. Holds references, counts and failure types; never data or messages.</summary>
public sealed record StepEvent
{
    /// <summary>The step, unique within the run; empty for the run itself.</summary>
    public required string Step { get; init; }

    /// <summary>What happened.</summary>
    public required StepPhase Phase { get; init; }

    /// <summary>When, by the workflow's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the step reads.</summary>
    public IReadOnlyList<Dataset> Inputs { get; init; } = [];

    /// <summary>What it wrote.</summary>
    public IReadOnlyList<Dataset> Outputs { get; init; } = [];

    /// <summary>Athena's id of the query that did the work, where one did.</summary>
    public string? QueryId { get; init; }

    /// <summary>The type of the failure that ended it, where one did.</summary>
    public string? FailureType { get; init; }

    /// <summary>What audits found.</summary>
    public IReadOnlyList<AuditResult> Audits { get; init; } = [];
}
