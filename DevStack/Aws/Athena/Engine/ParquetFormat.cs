using System.Collections.Concurrent;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Parquet by column names; a column that no file has is NULL, as in Athena.</summary>
internal sealed class ParquetFormat(ParquetFooters footers) : ITableFormat
{
    public string Select(CatalogTable table, IReadOnlyList<LakeFile> files, TableRead read)
    {
        var present = footers.Columns(files);
        var columns = table.Columns.Select(c => present.Contains(c.Name)
            ? $"CAST({SqlText.Identifier(c.Name)} AS {c.DuckDbType}) AS {SqlText.Identifier(c.Name)}"
            : $"CAST(NULL AS {c.DuckDbType}) AS {SqlText.Identifier(c.Name)}");
        var union = files.Count > 1 ? ", union_by_name = true" : "";
        return $"SELECT {string.Join(", ", columns)}{(read.WithFileName ? ", filename" : "")} FROM read_parquet({SqlText.List(files.Select(f => f.Path))}, hive_partitioning = false{union}{(read.WithFileName ? ", filename = true" : "")})";
    }

    public long BytesScanned(IReadOnlyList<LakeFile> files, IReadOnlySet<string>? columns) => footers.Bytes(files, columns);
}

/// <summary>Footers that were read before. A file that changed has another size or time, and so another footer.</summary>
internal sealed class ParquetFooters
{
    private const int MaxEntries = 4096;

    private readonly ConcurrentDictionary<LakeFile, ParquetFooter> _footers = new();

    /// <summary>Top-level columns of any of the files, whatever their case.</summary>
    public HashSet<string> Columns(IReadOnlyList<LakeFile> files) =>
        files.SelectMany(f => Of(f).Columns.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The compressed bytes of these columns; of all if null.</summary>
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
