using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

internal sealed class TableFormats
{
    private readonly ParquetFormat _parquet = new(new ParquetFooters());
    private readonly JsonFormat _json = new();
    private readonly TextFormat _text = new(isCsv: false), _csv = new(isCsv: true);

    public ITableFormat Of(CatalogTable table) => table.Serde.Split('.')[^1] switch
    {
        "JsonSerDe" => _json,
        "ParquetHiveSerDe" => _parquet,
        "LazySimpleSerDe" => _text,
        "OpenCSVSerde" => _csv,
        var serde => throw QueryFailedException.NotSupported($"the SerDe '{serde}' of table {table.Database}.{table.Name} (supported are JSON, Parquet, delimited text and CSV)"),
    };
}

/// <summary>Generates the SELECT with which DuckDB reads files of one format.</summary>
internal interface ITableFormat
{
    /// <summary>Replaces files that DuckDB cannot read as Athena does by copies in the query's temporary folder.</summary>
    /// <exception cref="QueryFailedException">A file cannot be read. The message names it.</exception>
    public IReadOnlyList<FileGroup> Prepare(CatalogTable table, IReadOnlyList<FileGroup> groups, QueryFiles query) => groups;

    /// <summary>A SELECT of the table's own columns with their names and types, and of <c>filename</c> if the read asks for it.</summary>
    public string Select(CatalogTable table, FileGroup group, TableRead read);

    /// <summary>The bytes that Athena bills for reading these columns, or all if null; in a row format every byte.</summary>
    public long BytesScanned(IReadOnlyList<LakeFile> files, IReadOnlySet<string>? columns) => files.Sum(f => f.Size);
}

/// <summary>What a query reads of a table.</summary>
/// <param name="Mentioned">The columns that the query names, or null if it may read all. The others must exist but need not be fast.</param>
/// <param name="Hidden">Columns such as <c>x$double</c> that replace a cast of a JSON text column.</param>
internal sealed record TableRead(bool WithFileName, IReadOnlySet<string>? Mentioned, IReadOnlySet<string> Hidden)
{
    public bool Mentions(string column) => Mentioned is null || Mentioned.Contains(column);
}
