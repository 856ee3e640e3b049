using System.IO.Compression;
using System.Text.Unicode;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Reads delimited text (LazySimpleSerDe) and CSV (OpenCSVSerde). A field that cannot be cast to its column's type is NULL.</summary>
internal sealed class TextFormat(bool isCsv) : ITableFormat
{
    private const int MinLine = 2 << 20, MaxLine = 32 << 20;

    public string Select(CatalogTable table, IReadOnlyList<LakeFile> files, TableRead read)
    {
        // DuckDB rejects a whole file with one invalid UTF-8 byte. Read as Latin-1, only non-ASCII characters are wrong.
        var byEncoding = files.GroupBy(IsUtf8).Select(g => Read(table, [.. g], g.Key ? "utf-8" : "latin-1", read.WithFileName));
        return string.Join(" UNION ALL ", byEncoding);
    }

    private string Read(CatalogTable table, IReadOnlyList<LakeFile> files, string encoding, bool withFileName)
    {
        var names = table.Columns.Select((c, i) => (Column: c, Raw: $"c{i}")).ToList();
        var columns = names.Select(n => $"{Cast(n.Column, n.Raw)} AS {SqlText.Identifier(n.Column.Name)}");
        var raw = string.Join(", ", names.Select(n => $"'{n.Raw}': 'VARCHAR'"));
        // The size of a compressed file does not limit the length of its lines.
        var line = files.Any(IsCompressed) ? MaxLine : Math.Clamp(files.Max(f => f.Size), MinLine, MaxLine);
        var header = table.Parameters.TryGetValue("skip.header.line.count", out var count) && int.TryParse(count, out var skip) ? skip : 0;
        return $"SELECT {string.Join(", ", columns)}{(withFileName ? ", filename" : "")} FROM read_csv({SqlText.List(files.Select(f => f.Path))}, columns = {{{raw}}}, {Dialect(table)}, header = false, skip = {header}, " +
            $"auto_detect = false, strict_mode = false, null_padding = true, ignore_errors = true, encoding = '{encoding}', max_line_size = {line}, buffer_size = {line * 2}, hive_partitioning = false{(withFileName ? ", filename = true" : "")})";
    }

    private string Dialect(CatalogTable table)
    {
        var parameters = table.SerdeParameters;
        if (isCsv)
        {
            return $"delim = {SqlText.Literal(parameters.GetValueOrDefault("separatorChar", ","))}, quote = {SqlText.Literal(parameters.GetValueOrDefault("quoteChar", "\""))}, escape = {SqlText.Literal(parameters.GetValueOrDefault("escapeChar", "\""))}";
        }

        var delimiter = parameters.GetValueOrDefault("field.delim") ?? parameters.GetValueOrDefault("serialization.format", "\u0001");
        return $"delim = {SqlText.Literal(delimiter == "1" ? "\u0001" : delimiter)}, quote = '', escape = '', nullstr = {SqlText.Literal(parameters.GetValueOrDefault("serialization.null.format", "\\N"))}";
    }

    private static string Cast(TableColumn column, string raw) =>
        column.DuckDbType == "VARCHAR" ? raw : $"TRY_CAST({raw} AS {column.DuckDbType})";

    private static bool IsCompressed(LakeFile file) => file.Key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(LakeFile file)
    {
        using var raw = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        using var stream = IsCompressed(file) ? new GZipStream(raw, CompressionMode.Decompress) : (Stream)raw;
        var buffer = new byte[1 << 20];
        var kept = 0;
        while (true)
        {
            var read = Read(stream, buffer.AsSpan(kept));
            if (read == 0)
            {
                return kept == 0;
            }

            var length = kept + read;
            var lastLine = buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            var whole = lastLine > 0 ? lastLine : length;
            if (!Utf8.IsValid(buffer.AsSpan(0, whole)) && (lastLine > 0 || read == 0))
            {
                return false;
            }

            kept = length - whole;
            buffer.AsSpan(whole, kept).CopyTo(buffer);
        }
    }

    private static int Read(Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (InvalidDataException)
        {
            return 0; // Not a gzip file despite its name: reading it reports the error.
        }
    }
}
