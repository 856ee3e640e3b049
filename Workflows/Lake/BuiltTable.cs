namespace Stedi.Temporal.Workflows.Lake;

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
