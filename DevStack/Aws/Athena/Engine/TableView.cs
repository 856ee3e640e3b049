using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Generates a table's view: a union of its groups of files, with partition values as constants and <c>"$path"</c> if needed.</summary>
internal sealed class TableView(Lake lake, TableFormats formats)
{
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
        if (read.WithFileName)
        {
            columns = columns.Append($"{Path(group)} AS \"$path\"");
        }

        return $"SELECT {string.Join(", ", columns)} FROM ({select})";
    }

    private string Path(FileGroup group)
    {
        var fromFileName = $"'s3://' || substr(filename, {lake.Root.Length + 2})";
        var renamed = group.Files.Where(f => !f.Path.EndsWith(f.Key, StringComparison.Ordinal)).ToList();
        return renamed.Count == 0 ? fromFileName
            : $"CASE filename {string.Concat(renamed.Select(f => $"WHEN {SqlText.Literal(f.Path)} THEN {SqlText.Literal($"s3://{group.Bucket}/{f.Key}")} "))}ELSE {fromFileName} END";
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
