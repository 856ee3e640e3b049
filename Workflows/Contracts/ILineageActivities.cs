using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Telling where data came from.</summary>
public interface ILineageActivities
{
    /// <summary>Records events as OpenLineage, in the lake and wherever else is configured.</summary>
    [Activity]
    public Task RecordLineageAsync(RecordLineageInput input);
}

/// <summary>Asks for some of a run's lineage events to be recorded.</summary>
/// <param name="Run">The run.</param>
/// <param name="Batch">Counts up from 1 within the run; the same batch may be recorded twice.</param>
/// <param name="Events">The events, in order.</param>
public sealed record RecordLineageInput(RunContext Run, int Batch, IReadOnlyList<StepEvent> Events);

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

/// <summary>Data that a step read or wrote: which, where, and how much of it.</summary>
/// <param name="Kind">What sort of data.</param>
/// <param name="Name">The source's or the table's name.</param>
/// <param name="Location">Where its files lie, as an <c>s3://</c> URI.</param>
/// <param name="Rows">How many rows, where that is known.</param>
/// <param name="Files">How many files, where that is known.</param>
/// <param name="Bytes">Their size, where that is known.</param>
public sealed record Dataset(DatasetKind Kind, string Name, string Location, long? Rows = null, int? Files = null, long? Bytes = null)
{
    /// <summary>A source's files.</summary>
    public static Dataset LandingFiles(CrawledSource crawled) =>
        new(DatasetKind.LandingFiles, crawled.Source, crawled.Location, null, crawled.Files, crawled.Bytes);

    /// <summary>A source's crawled table.</summary>
    public static Dataset LandingTable(CrawledSource crawled) =>
        new(DatasetKind.LandingTable, crawled.Source, crawled.Location, null, crawled.Files, crawled.Bytes);

    /// <summary>A source's staged lines.</summary>
    public static Dataset Staged(StagedSource staged) =>
        new(DatasetKind.Staged, staged.Source, staged.Data.Location, staged.Data.Rows, staged.Data.Files, staged.Data.Bytes);

    /// <summary>One of the five tables.</summary>
    public static Dataset Table(BuiltTable table) =>
        new(DatasetKind.Table, table.Table, table.Location, table.Rows, table.Files, table.Bytes);
}

/// <summary>What sort of data a step read or wrote.</summary>
public enum DatasetKind
{
    /// <summary>Files as they landed, by source.</summary>
    LandingFiles,

    /// <summary>A crawled table over those files, by source.</summary>
    LandingTable,

    /// <summary>A source's lines, typed, by source.</summary>
    Staged,

    /// <summary>One of the five tables, by name.</summary>
    Table,

    /// <summary>The published snapshot.</summary>
    Snapshot,
}
