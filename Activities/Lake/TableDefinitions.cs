using Amazon.Glue.Model;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>Glue definitions of the two kinds of table that the pipeline owns.</summary>
public static class TableDefinitions
{
    /// <summary>
    /// JSON lines as they landed. Every column is a string, so that no line can fail a query; staging casts. A line that is
    /// no JSON object reads as a row of NULLs.
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

    /// <summary>Lines of text, whole, in one column named <c>line</c>.</summary>
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
                // A control character that no JSON holds unescaped: the line is never split.
                Parameters = new() { ["field.delim"] = "\u0001" },
            },
        },
    };

    /// <summary>Parquet files that an UNLOAD wrote.</summary>
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
