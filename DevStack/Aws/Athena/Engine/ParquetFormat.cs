using System.Collections.Concurrent;
using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Reads Parquet files by column name. As in Athena, a column that no file has is NULL.</summary>
internal sealed class ParquetFormat(ParquetFooters footers) : ITableFormat
{
    public string Select(CatalogTable table, FileGroup group, TableRead read)
    {
        var files = group.Files;
        var present = footers.Columns(files);
        var columns = table.Columns.Select(c => present.Contains(c.Name)
            ? $"CAST({SqlText.Identifier(c.Name)} AS {c.DuckDbType}) AS {SqlText.Identifier(c.Name)}"
            : $"CAST(NULL AS {c.DuckDbType}) AS {SqlText.Identifier(c.Name)}");
        var union = files.Count > 1 ? ", union_by_name = true" : "";
        return $"SELECT {string.Join(", ", columns)}{(read.WithFileName ? ", filename" : "")} FROM read_parquet({SqlText.List(files.Select(f => f.Path))}, hive_partitioning = false{union}{(read.WithFileName ? ", filename = true" : "")})";
    }

    public long BytesScanned(IReadOnlyList<LakeFile> files, IReadOnlySet<string>? columns) => footers.Bytes(files, columns);
}

/// <summary>Caches footers. A changed file has another size or modification time, and so another key.</summary>
internal sealed class ParquetFooters
{
    private const int MaxEntries = 4096;

    private readonly ConcurrentDictionary<LakeFile, ParquetFooter> _footers = new();

    /// <summary>Top-level columns of all files, ignoring case.</summary>
    public HashSet<string> Columns(IReadOnlyList<LakeFile> files) =>
        files.SelectMany(f => Of(f).Columns.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The compressed bytes of these columns, or of all columns if null.</summary>
    public long Bytes(IReadOnlyList<LakeFile> files, IReadOnlySet<string>? columns) =>
        files.Sum(f => Of(f).Columns.Where(c => columns is null || columns.Contains(c.Key)).Sum(c => c.Value));

    private ParquetFooter Of(LakeFile file)
    {
        if (_footers.Count > MaxEntries)
        {
            _footers.Clear();
        }

        return _footers.GetOrAdd(file, f => ParquetFooter.Read(f.Path));
    }
}
