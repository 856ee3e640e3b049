namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Asks for one table to be made from others.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepId">
/// A GUID that the workflow gives the step: every attempt uses it, so that a query submitted by a dead attempt is found
/// again, and output never mixes with another step's.
/// </param>
/// <param name="Inputs">The work tables to read, by the name that the SQL uses for them.</param>
public sealed record BuildInput(RunContext Run, Guid StepId, IReadOnlyDictionary<string, string> Inputs);

/// <summary>A table that a step made. It is visible to this run only until it is published.</summary>
public sealed record BuiltTable
{
    /// <summary>The name it is, or would be, published under.</summary>
    public required string Table { get; init; }

    /// <summary>Its name in the work database.</summary>
    public required string WorkTable { get; init; }

    /// <summary>Where its files lie, as an <c>s3://</c> URI ending in a slash.</summary>
    public required string Location { get; init; }

    /// <summary>How many rows it holds.</summary>
    public required long Rows { get; init; }

    /// <summary>How many files.</summary>
    public required int Files { get; init; }

    /// <summary>Their size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>How long the attempt that finished it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The bytes Athena says it scanned, which is what it charges for.</summary>
    public required long BytesScanned { get; init; }

    /// <summary>Athena's id of the query that wrote the table.</summary>
    public required string QueryId { get; init; }
}
