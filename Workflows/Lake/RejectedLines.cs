namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Lines of one file that were rejected for one reason.</summary>
/// <param name="File">The file's <c>s3://</c> URI.</param>
/// <param name="Reason">Which field is missing or of another type, or that the line is no JSON object.</param>
/// <param name="Lines">How many lines.</param>
public sealed record RejectedLines(string File, string Reason, long Lines);
