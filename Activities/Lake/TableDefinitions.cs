using Amazon.Glue.Model;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>The Glue definitions of the tables that the pipeline registers.</summary>
public static class TableDefinitions
{
    /// <summary>
    /// Returns a table over landed JSON lines. All columns are strings, so that no line fails a query; staging casts them. A
    /// line that is not a JSON object is read as a row of NULLs.
    /// </summary>
    public static TableInput Json(string name, IEnumerable<LakeColumn> columns, string location) => new()
    {
        Name = name,
        TableType = "EXTERNAL_TABLE",
        Parameters = new() { ["classification"] = "json", ["EXTERNAL"] = "TRUE" },
        StorageDescriptor = new()
        {
            Columns = [.. columns.Select(column => new Column { Name = column.Name, Type = "string" })],
            Location = location,
            InputFormat = "org.apache.hadoop.mapred.TextInputFormat",
            OutputFormat = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            SerdeInfo = new()
            {
                SerializationLibrary = "org.openx.data.jsonserde.JsonSerDe",
                Parameters = new() { ["ignore.malformed.json"] = "true", ["case.insensitive"] = "true" },
            },
        },
    };

    /// <summary>Returns a table over lines of text, with the single column <c>line</c>.</summary>
    public static TableInput Text(string name, string location) => new()
    {
        Name = name,
        TableType = "EXTERNAL_TABLE",
        Parameters = new() { ["EXTERNAL"] = "TRUE" },
        StorageDescriptor = new()
        {
            Columns = [new() { Name = "line", Type = "string" }],
            Location = location,
            InputFormat = "org.apache.hadoop.mapred.TextInputFormat",
            OutputFormat = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            SerdeInfo = new()
            {
                SerializationLibrary = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                // Neither can occur in a line, so no line is split and none is NULL.
                Parameters = new() { ["field.delim"] = "\n", ["serialization.null.format"] = "\n" },
            },
        },
    };

    /// <summary>Returns a table over Parquet files that an UNLOAD wrote.</summary>
    public static TableInput Parquet(string name, IEnumerable<LakeColumn> columns, string location, IReadOnlyDictionary<string, string>? parameters = null) => new()
    {
        Name = name,
        TableType = "EXTERNAL_TABLE",
        Parameters = new(parameters ?? new Dictionary<string, string>()) { ["classification"] = "parquet", ["EXTERNAL"] = "TRUE" },
        StorageDescriptor = new()
        {
            Columns = [.. columns.Select(column => new Column { Name = column.Name, Type = column.Type })],
            Location = location,
            InputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            OutputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            SerdeInfo = new()
            {
                SerializationLibrary = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                Parameters = new() { ["serialization.format"] = "1" },
            },
        },
    };
}
