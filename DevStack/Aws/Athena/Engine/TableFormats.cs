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
        var serde => throw QueryFailedException.NotSupported($"the SerDe '{serde}' of table {table.Database}.{table.Name} (JSON, Parquet, delimited text and CSV are)"),
    };
}

/// <summary>Writes the SELECT by which DuckDB reads one format.</summary>
internal interface ITableFormat
{
    /// <summary>The table's own columns by their names and types, and the file's name as <c>filename</c> if asked for.</summary>
    public string Select(CatalogTable table, IReadOnlyList<LakeFile> files, TableRead read);

    /// <summary>What Athena bills for reading these columns (null: all); of a row format every byte.</summary>
    public long BytesScanned(IReadOnlyList<LakeFile> files, IReadOnlySet<string>? columns) => files.Sum(f => f.Size);
}

/// <summary>What a query needs of a table.</summary>
/// <param name="Mentioned">The columns the query names (null: perhaps all). The others must be there, and need not be quick.</param>
/// <param name="Hidden">Columns such as <c>x$double</c> that stand for a cast of a JSON text column.</param>
internal sealed record TableRead(bool WithFileName, IReadOnlySet<string>? Mentioned, IReadOnlySet<string> Hidden)
{
    public bool Mentions(string column) => Mentioned is null || Mentioned.Contains(column);
}
