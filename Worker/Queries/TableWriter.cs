using Spectre.Console;
using Spectre.Console.Rendering;
using Stedi.Temporal.Worker.Output;

namespace Stedi.Temporal.Worker.Queries;

/// <summary>A table for people: as many rows as somebody reads, and a line of figures.</summary>
public sealed class TableWriter(Terminal terminal) : IResultWriter
{
    const int Shown = 500;

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

        var shown = rows > Shown ? $"first {Figures.Count(Shown)} of {Figures.Count(rows)} rows (--csv has all)" : rows == 1 ? "1 row" : $"{Figures.Count(rows)} rows";
        terminal.Status.Write(new Text($"{shown}, {Figures.Seconds(result.Seconds)}, {Figures.Bytes(result.BytesScanned)} scanned", Color.Grey));
        terminal.Status.WriteLine();
    }

    static IRenderable Cell(string? text) => text is null ? new Text("null", Color.Grey) : new Text(text) { Overflow = Overflow.Ellipsis };
}
