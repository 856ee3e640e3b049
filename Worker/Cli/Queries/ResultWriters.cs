using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;
using Stedi.Temporal.Worker.Cli.Output;

namespace Stedi.Temporal.Worker.Cli.Queries;

/// <summary>Writes query results in one format.</summary>
public interface IResultWriter
{
    /// <summary>Writes a whole result.</summary>
    public Task WriteAsync(QueryResult result, CancellationToken cancellationToken);
}

/// <summary>Writes a table of at most 500 rows, and the query's statistics.</summary>
public sealed class TableWriter(Terminal terminal) : IResultWriter
{
    private const int Shown = 500;

    /// <inheritdoc/>
    public async Task WriteAsync(QueryResult result, CancellationToken cancellationToken)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (var column in result.Columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Name, new Style(decoration: Decoration.Bold)))
            {
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                NoWrap = column.IsNumber,
            });
        }

        long rows = 0;
        await foreach (var row in result.Rows.WithCancellation(cancellationToken))
        {
            if (++rows <= Shown)
            {
                table.AddRow([.. result.Columns.Select((_, i) => Cell(i < row.Count ? row[i] : null))]);
            }
        }

        if (result.Columns.Count > 0)
        {
            terminal.Results.Write(table);
        }

        var shown = rows > Shown ? $"first {NumberFormat.Count(Shown)} of {NumberFormat.Count(rows)} rows (--csv has all)" : rows == 1 ? "1 row" : $"{NumberFormat.Count(rows)} rows";
        terminal.Status.Write(new Text($"{shown}, {NumberFormat.Seconds(result.Seconds)}, {NumberFormat.Bytes(result.BytesScanned)} scanned", Color.Grey));
        terminal.Status.WriteLine();
    }

    private static IRenderable Cell(string? text) => text is null ? new Text("null", Color.Grey) : new Text(text) { Overflow = Overflow.Ellipsis };
}

/// <summary>Writes a JSON array with one object per row.</summary>
public sealed class JsonWriter(TextWriter output) : IResultWriter
{
    /// <inheritdoc/>
    public async Task WriteAsync(QueryResult result, CancellationToken cancellationToken)
    {
        var separator = "[\n";
        await foreach (var row in result.Rows.WithCancellation(cancellationToken))
        {
            await output.WriteAsync(separator);
            await output.WriteAsync(Object(result.Columns, row));
            separator = ",\n";
        }

        await output.WriteLineAsync(separator == "[\n" ? "[]" : "\n]");
    }

    private static string Object(IReadOnlyList<QueryColumn> columns, IReadOnlyList<string?> row) =>
        "  {" + string.Join(", ", columns.Select((column, i) => $"{JsonSerializer.Serialize(column.Name)}: {Value(column, i < row.Count ? row[i] : null)}")) + "}";

    private static string Value(QueryColumn column, string? text) => text switch
    {
        null => "null",
        _ when column.IsInteger => text,
        // NaN and the infinities are not JSON numbers.
        _ when column.IsNumber && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => Number(text),
        "true" or "false" when column.Type == "boolean" => text,
        _ => JsonSerializer.Serialize(text, JsonOutput.Options),
    };

    // Athena writes numbers such as 1.0E-4, which are valid JSON; a leading dot or plus is not.
    private static string Number(string text) => text[0] is '.' or '+' ? double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture) : text;
}

/// <summary>Writes CSV (RFC 4180) with a header. NULL is empty, an empty string is "".</summary>
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

    private static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string? Cell(string? text) =>
        text is null || (text.Length > 0 && text.AsSpan().IndexOfAny(",\"\r\n") < 0) ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
