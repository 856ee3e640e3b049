using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Records where data came from.</summary>
public interface ILineageActivities
{
    /// <summary>Writes events as OpenLineage to the lake, and sends them to the configured endpoint.</summary>
    [Activity]
    public Task RecordLineageAsync(RecordLineageInput input);
}

/// <summary>A batch of a run's lineage events.</summary>
/// <param name="Run">The run.</param>
/// <param name="Batch">The batch's number within the run, from 1. Recording a batch is idempotent.</param>
/// <param name="Events">The events, in order.</param>
public sealed record RecordLineageInput(RunContext Run, int Batch, IReadOnlyList<StepEvent> Events) : IStepInput;

/// <summary>The start or end of a step. Holds references, counts and failure types, but no data and no messages.</summary>
public sealed record StepEvent
{
    /// <summary>The step's name, unique within the run; empty for the run itself.</summary>
    public required string Step { get; init; }

    /// <summary>Whether it started, or how it ended.</summary>
    public required StepPhase Phase { get; init; }

    /// <summary>The workflow's time of the event.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The data that the step reads.</summary>
    public IReadOnlyList<Dataset> Inputs { get; init; } = [];

    /// <summary>The data that it wrote.</summary>
    public IReadOnlyList<Dataset> Outputs { get; init; } = [];

    /// <summary>Athena's id of the query that wrote the data, or null.</summary>
    public string? QueryId { get; init; }

    /// <summary>The type of the failure that ended the step, or null.</summary>
    public string? FailureType { get; init; }

    /// <summary>The results of audits.</summary>
    public IReadOnlyList<AuditResult> Audits { get; init; } = [];

    /// <summary>The rows that were left out of the tables.</summary>
    public IReadOnlyList<LeftOutRows> LeftOut { get; init; } = [];
}

/// <summary>The type of a lineage event. Every step has a <see cref="Start"/> event and one of the others.</summary>
public enum StepPhase
{
    /// <summary>The step started.</summary>
    Start,

    /// <summary>The step succeeded.</summary>
    Complete,

    /// <summary>The step failed.</summary>
    Fail,

    /// <summary>The step was cancelled, or its result was superseded.</summary>
    Abort,
}

/// <summary>Data that a step read or wrote.</summary>
/// <param name="Kind">The kind of data.</param>
/// <param name="Name">The source's or the table's name.</param>
/// <param name="Location">Where its files are, as an <c>s3://</c> URI.</param>
/// <param name="Rows">The number of rows, if known.</param>
/// <param name="Files">The number of files, if known.</param>
/// <param name="Bytes">The size of the files in bytes, if known.</param>
public sealed record Dataset(DatasetKind Kind, string Name, string Location, long? Rows = null, int? Files = null, long? Bytes = null)
{
    /// <summary>What staging found in the lines, or null for other data.</summary>
    public LineCounts? Lines { get; init; }

    /// <summary>The files of a crawled source.</summary>
    public static Dataset LandingFiles(CrawledSource crawled) =>
        new(DatasetKind.LandingFiles, crawled.Source, crawled.Location, null, crawled.Files, crawled.Bytes);

    /// <summary>The landing table of a crawled source.</summary>
    public static Dataset LandingTable(CrawledSource crawled) =>
        new(DatasetKind.LandingTable, crawled.Source, crawled.Location, null, crawled.Files, crawled.Bytes);

    /// <summary>The staged lines of a source.</summary>
    public static Dataset Staged(StagedSource staged) =>
        new(DatasetKind.Staged, staged.Source, staged.Data.Location, staged.Data.Rows, staged.Data.Files, staged.Data.Bytes)
        {
            Lines = new(staged.Accepted, staged.Rejected, staged.Blank, staged.Cleared, staged.DroppedValues, staged.DamagedTexts),
        };

    /// <summary>One of the five lake tables.</summary>
    public static Dataset Table(BuiltTable table) =>
        new(DatasetKind.Table, table.Table, table.Location, table.Rows, table.Files, table.Bytes);
}

/// <summary>The lines of a staged source.</summary>
/// <param name="Accepted">The accepted lines.</param>
/// <param name="Rejected">The rejected lines.</param>
/// <param name="Blank">The blank lines.</param>
/// <param name="Cleared">The lines that somebody cleared.</param>
/// <param name="DroppedValues">The values of accepted lines that could not be read and became NULL.</param>
/// <param name="DamagedTexts">The texts of accepted lines that contain bytes that are not UTF-8.</param>
public sealed record LineCounts(long Accepted, long Rejected, long Blank, long Cleared, long DroppedValues, long DamagedTexts);

/// <summary>A kind of data that a step reads or writes.</summary>
public enum DatasetKind
{
    /// <summary>The files of a source, as they landed.</summary>
    LandingFiles,

    /// <summary>The landing table that was crawled from those files.</summary>
    LandingTable,

    /// <summary>The staged lines of a source.</summary>
    Staged,

    /// <summary>One of the five lake tables.</summary>
    Table,

    /// <summary>The published snapshot.</summary>
    Snapshot,
}
