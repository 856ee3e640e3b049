using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Workflows;

/// <summary>What a run did: the workflow's result, and what <c>--json</c> prints. Holds counts and references, no data.</summary>
public sealed record LakehouseReport
{
    /// <summary>The run.</summary>
    public required LakeRun Run { get; init; }

    /// <summary>What landed, by source.</summary>
    public required IReadOnlyList<LandedSource> Landing { get; init; }

    /// <summary>The tables that were made, in order.</summary>
    public required IReadOnlyList<BuiltTable> Tables { get; init; }

    /// <summary>Who and what was left out, and why.</summary>
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>The audits, all passed: a run with a failed audit fails.</summary>
    public required IReadOnlyList<AuditResult> Audits { get; init; }

    /// <summary>What became of the tables.</summary>
    public required PublishedSnapshot Snapshot { get; init; }

    /// <summary>The whole run's time.</summary>
    public required double Seconds { get; init; }

    /// <summary>The bytes Athena says it scanned for staging and building.</summary>
    public required long BytesScanned { get; init; }
}
