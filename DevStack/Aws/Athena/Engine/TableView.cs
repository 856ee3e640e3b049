using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Generates a table's view: a union of its groups of files, with partition values as constants and <c>"$path"</c> if needed.</summary>
internal sealed class TableView(Lake lake, TableFormats formats)
{
    private const int MaxCases = 16;

    public string Select(CatalogTable table, IReadOnlyList<FileGroup> groups, TableRead read)
    {
        var format = formats.Of(table);
        var parts = groups.Where(g => g.Files.Count > 0).Select(g => Part(format, table, g, read)).ToList();
        return parts.Count > 0 ? string.Join(" UNION ALL ", parts) : Empty(table, read);
    }

    private string Part(ITableFormat format, CatalogTable table, FileGroup group, TableRead read)
    {
        var select = format.Select(table, group, read);
        var columns = table.Columns.Select(c => SqlText.Identifier(c.Name))
            .Concat(table.PartitionKeys.Zip(group.PartitionValues, (k, v) => $"CAST({SqlText.Literal(v)} AS {k.DuckDbType}) AS {SqlText.Identifier(k.Name)}"))
            .Concat(read.Hidden.Select(SqlText.Identifier));
        return read.WithFileName ? WithPath(columns, group, select) : $"SELECT {string.Join(", ", columns)} FROM ({select})";
    }

    private string WithPath(IEnumerable<string> columns, FileGroup group, string select)
    {
        var fromFileName = $"'s3://' || substr(filename, {lake.Root.Length + 2})";
        var renamed = group.Files.Where(f => !f.Path.EndsWith(f.Key, StringComparison.Ordinal)).Select(f => (File: SqlText.Literal(f.Path), Uri: SqlText.Literal($"s3://{group.Bucket}/{f.Key}"))).ToList();
        var (path, join) = renamed.Count switch
        {
            0 => (fromFileName, ""),
            // Comparing each file name with thousands of others would take longer than reading the files.
            > MaxCases => ($"coalesce(\"$uri\", {fromFileName})", $" LEFT JOIN (VALUES {string.Join(", ", renamed.Select(r => $"({r.File}, {r.Uri})"))}) AS renamed(\"$file\", \"$uri\") ON filename = \"$file\""),
            _ => ($"CASE filename {string.Concat(renamed.Select(r => $"WHEN {r.File} THEN {r.Uri} "))}ELSE {fromFileName} END", ""),
        };
        return $"SELECT {string.Join(", ", columns)}, {path} AS \"$path\" FROM ({select}){join}";
    }

    private static string Empty(CatalogTable table, TableRead read)
    {
        var columns = table.Columns.Concat(table.PartitionKeys).Select(c => $"CAST(NULL AS {c.DuckDbType}) AS {SqlText.Identifier(c.Name)}").Concat(read.Hidden.Select(h => $"{TypedNull(h)} AS {SqlText.Identifier(h)}"));
        if (read.WithFileName)
        {
            columns = columns.Append("CAST(NULL AS VARCHAR) AS \"$path\"");
        }

        return $"SELECT {string.Join(", ", columns)} WHERE false";
    }

    private static string TypedNull(string hidden) => hidden.EndsWith("$null", StringComparison.Ordinal) ? "true" : $"CAST(NULL AS {hidden[(hidden.LastIndexOf('$') + 1)..]})";
}
