using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Writes the SELECT by which DuckDB reads one format.</summary>
internal interface ITableFormat
{
    /// <summary>The table's own columns by their names and types, and the file's name as <c>filename</c> if asked for.</summary>
    string Select(CatalogTable table, IReadOnlyList<LakeFile> files, TableRead read);

    /// <summary>What Athena bills for reading these columns (null: all); of a row format every byte.</summary>
    long BytesScanned(IReadOnlyList<LakeFile> files, IReadOnlySet<string>? columns) => files.Sum(f => f.Size);
}
