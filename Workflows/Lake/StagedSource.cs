namespace Stedi.Temporal.Workflows.Lake;

/// <summary>One landing source, typed, as every later step reads it.</summary>
public sealed record StagedSource
{
    /// <summary>One of <see cref="LandingSources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The staged data: all lines, the rejected ones with their reason.</summary>
    public required BuiltTable Data { get; init; }

    /// <summary>Lines that were accepted.</summary>
    public required long Accepted { get; init; }

    /// <summary>Lines that were rejected.</summary>
    public required long Rejected { get; init; }

    /// <summary>Rejected lines by file and reason; names files and columns, never a value.</summary>
    public required IReadOnlyList<RejectedLines> Rejections { get; init; }
}
