using System.Globalization;
using System.Text.Json;
using Stedi.Temporal.Worker.Output;

namespace Stedi.Temporal.Worker.Queries;

/// <summary>An array of objects, a row each, numbers and booleans as such.</summary>
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

    static string Object(IReadOnlyList<QueryColumn> columns, IReadOnlyList<string?> row) =>
        "  {" + string.Join(", ", columns.Select((column, i) => $"{JsonSerializer.Serialize(column.Name)}: {Value(column, i < row.Count ? row[i] : null)}")) + "}";

    static string Value(QueryColumn column, string? text) => text switch
    {
        null => "null",
        _ when column.IsInteger => text,
        // NaN and the infinities are no JSON numbers.
        _ when column.IsNumber && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => Number(text),
        "true" or "false" when column.Type == "boolean" => text,
        _ => JsonSerializer.Serialize(text, JsonText.Readable),
    };

    // Athena writes 1.0E-4 and the like, which JSON takes as it stands; a leading dot or plus it would not.
    static string Number(string text) => text[0] is '.' or '+' ? double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture) : text;
}
