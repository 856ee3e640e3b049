namespace Stedi.Temporal.Worker.Queries;

/// <summary>RFC 4180: a header, and quotes where a cell needs them. NULL is empty, an empty string is "".</summary>
public sealed class CsvWriter(TextWriter output) : IResultWriter
{
    /// <inheritdoc/>
    public async Task WriteAsync(QueryResult result, CancellationToken cancellationToken)
    {
        await output.WriteAsync(Line(result.Columns.Select(column => column.Name)));
        await foreach (var row in result.Rows.WithCancellation(cancellationToken))
        {
            await output.WriteAsync(Line(row));
        }
    }

    static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    static string? Cell(string? text) =>
        text is null || (text.Length > 0 && text.AsSpan().IndexOfAny(",\"\r\n") < 0) ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
