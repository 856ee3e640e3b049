namespace Stedi.DevStack.Aws.Athena.Engine;

internal sealed class TableFormats
{
    readonly ParquetFormat parquet = new(new ParquetFooters());
    readonly JsonFormat json = new();
    readonly TextFormat text = new(isCsv: false), csv = new(isCsv: true);

    public ITableFormat Of(CatalogTable table) => table.Serde.Split('.')[^1] switch
    {
        "JsonSerDe" => json,
        "ParquetHiveSerDe" => parquet,
        "LazySimpleSerDe" => text,
        "OpenCSVSerde" => csv,
        var serde => throw QueryFailure.NotSupported($"the SerDe '{serde}' of table {table.Database}.{table.Name} (JSON, Parquet, delimited text and CSV are)"),
    };
}
