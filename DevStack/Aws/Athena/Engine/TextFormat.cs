using System.Globalization;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Reads delimited text (LazySimpleSerDe) and CSV (OpenCSVSerde). Every line of every file is a row, an empty line too. A field that
/// cannot be cast to its column's type is NULL, and so is a missing one; further ones are ignored.
/// </summary>
internal sealed class TextFormat(bool isCsv) : ITableFormat
{
    // Any character: DuckDB's CSV reader gives NULL for an empty line, or nothing.
    private const string Prefix = "|";

    /// <summary>Leaves files that DuckDB's CSV reader reads by line, and replaces the others by copies of their lines.</summary>
    public IReadOnlyList<FileGroup> Prepare(CatalogTable table, IReadOnlyList<FileGroup> groups, QueryFiles query)
    {
        var header = table.Parameters.TryGetValue("skip.header.line.count", out var count) && int.TryParse(count, CultureInfo.InvariantCulture, out var lines) ? lines : 0;
        var reader = new LineReader(Prefix, SkipsByteOrderMark: true, header);
        return [.. groups.SelectMany(group => LineFiles.Prepare(group, reader, query)
            .GroupBy(prepared => prepared.Layout)
            .Select(prepared => group with { Files = [.. prepared.Select(p => p.File)], Lines = prepared.Key }))];
    }

    public string Select(CatalogTable table, FileGroup group, TableRead read)
    {
        var fileName = read.WithFileName ? ", filename" : "";
        var lines = $"SELECT {(group.Lines!.Ends == LineEnds.Other ? $"substr(line, {Prefix.Length + 1}) AS line" : "line")}{fileName} FROM {Lines(group, read)}";
        if (Delimiter(table) is not { } delimiter)
        {
            return $"SELECT {Value(table, table.Columns[0], "line")}{string.Concat(table.Columns.Skip(1).Select(c => ", " + Value(table, c, "CAST(NULL AS VARCHAR)")))}{fileName} FROM ({lines})";
        }

        if (!isCsv && table.Columns is [var only])
        {
            // Most lines of such tables have no delimiter, and splitting costs more than looking for it.
            var literal = SqlText.Literal(delimiter);
            return $"SELECT {Value(table, only, $"CASE WHEN contains(line, {literal}) THEN split_part(line, {literal}, 1) ELSE line END")}{fileName} FROM ({lines})";
        }

        var fields = isCsv ? $"string_split({CsvFields.Sql("line", table.SerdeParameters)}, chr(10))" : $"string_split(line, {SqlText.Literal(delimiter)})";
        var columns = table.Columns.Select((column, i) => Value(table, column, $"fields[{i + 1}]"));
        return $"SELECT {string.Join(", ", columns)}{fileName} FROM (SELECT {fields} AS fields{fileName} FROM ({lines}))";
    }

    // The delimiter of the CSV reader must not occur in a line: the line feed cannot.
    private static string Lines(FileGroup group, TableRead read)
    {
        var layout = group.Lines!;
        var ends = layout.Ends == LineEnds.CarriageReturnLineFeed ? "\\r\\n" : "\\n";
        var memory = layout.Longest == 0 ? "" : $", max_line_size = {layout.Longest}, buffer_size = {layout.Longest * 2}";
        return $"read_csv({SqlText.List(group.Files.Select(f => f.Path))}, columns = {{'line': 'VARCHAR'}}, delim = chr(10), new_line = '{ends}', quote = '', escape = '', comment = '', header = false, skip = 0, " +
            $"auto_detect = false, strict_mode = false, encoding = 'utf-8', compression = 'none'{memory}, hive_partitioning = false{(read.WithFileName ? ", filename = true" : "")})";
    }

    /// <summary>What separates fields, or null if a line is one field.</summary>
    private string? Delimiter(CatalogTable table)
    {
        if (isCsv)
        {
            return ",";
        }

        var delimiter = table.SerdeParameters.GetValueOrDefault("field.delim") ?? table.SerdeParameters.GetValueOrDefault("serialization.format", "\u0001");
        // As in Hive, a number is a character's code.
        delimiter = byte.TryParse(delimiter, CultureInfo.InvariantCulture, out var code) ? ((char)code).ToString() : delimiter;
        return delimiter == "\n" ? null : delimiter;
    }

    private string Value(CatalogTable table, TableColumn column, string field)
    {
        var text = isCsv ? field : $"nullif({field}, {SqlText.Literal(table.SerdeParameters.GetValueOrDefault("serialization.null.format", "\\N"))})";
        return $"{(column.DuckDbType == "VARCHAR" ? text : $"TRY_CAST({text} AS {column.DuckDbType})")} AS {SqlText.Identifier(column.Name)}";
    }
}
