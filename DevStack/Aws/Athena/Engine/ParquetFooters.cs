using System.Collections.Concurrent;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Footers that were read before. A file that changed has another size or time, and so another footer.</summary>
internal sealed class ParquetFooters
{
    const int MaxEntries = 4096;

    readonly ConcurrentDictionary<LakeFile, ParquetFooter> footers = new();

    /// <summary>Top-level columns of any of the files, whatever their case.</summary>
    public HashSet<string> Columns(IReadOnlyList<LakeFile> files) =>
        files.SelectMany(f => Of(f).Columns.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The compressed bytes of these columns; of all if null.</summary>
    public long Bytes(IReadOnlyList<LakeFile> files, IReadOnlySet<string>? columns) =>
        files.Sum(f => Of(f).Columns.Where(c => columns is null || columns.Contains(c.Key)).Sum(c => c.Value));

    ParquetFooter Of(LakeFile file)
    {
        if (footers.Count > MaxEntries)
            footers.Clear();
        return footers.GetOrAdd(file, f => ParquetFooter.Read(f.Path));
    }
}
