namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Rejected lines, set aside with their file, text and reason.</summary>
/// <param name="Location">Where, as an <c>s3://</c> URI ending in a slash: Parquet files that expire, and that only the lake's keepers may read.</param>
/// <param name="Lines">How many.</param>
public sealed record QuarantinedLines(string Location, long Lines);
