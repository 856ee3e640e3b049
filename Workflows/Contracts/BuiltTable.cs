namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>The input of a step that builds a table from others.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepId">
/// A GUID that the workflow assigns to the step. All attempts share it, so an attempt resumes the query of a crashed one,
/// and the output of two steps never mixes.
/// </param>
/// <param name="Inputs">The work tables to read, by the name that the SQL uses for them.</param>
public sealed record BuildInput(RunContext Run, Guid StepId, IReadOnlyDictionary<string, string> Inputs) : IStepInput;

/// <summary>A table that a step built. Only this run sees it until it is published.</summary>
public sealed record BuiltTable
{
    /// <summary>The name under which it is published.</summary>
    public required string Table { get; init; }

    /// <summary>Its name in the work database.</summary>
    public required string WorkTable { get; init; }

    /// <summary>Where its files are, as an <c>s3://</c> URI ending in a slash.</summary>
    public required string Location { get; init; }

    /// <summary>The number of rows.</summary>
    public required long Rows { get; init; }

    /// <summary>The number of files.</summary>
    public required int Files { get; init; }

    /// <summary>The size of the files in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The duration of the attempt that succeeded, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The bytes that Athena scanned, which it charges for.</summary>
    public required long BytesScanned { get; init; }

    /// <summary>Athena's id of the query that wrote the table.</summary>
    public required string QueryId { get; init; }
}
