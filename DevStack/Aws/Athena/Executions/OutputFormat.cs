using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>How UNLOAD, CREATE TABLE AS and INSERT write files: DuckDB's COPY options and the table properties of the format.</summary>
internal sealed record OutputFormat(string Name, string Copy, string Extension, string Serde, string InputFormat, string OutputFormatClass)
{
    private const string Text = "org.apache.hadoop.mapred.TextInputFormat";
    private const string TextOutput = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

    /// <param name="delimiter">The field delimiter of text files.</param>
    public static OutputFormat Of(string format, string? compression, string delimiter = "\u0001") => format.ToUpperInvariant() switch
    {
        "PARQUET" => Parquet(compression ?? "GZIP"),
        "JSON" => Lines(new("JSON", "FORMAT json", "", "org.openx.data.jsonserde.JsonSerDe", Text, TextOutput), compression),
        "TEXTFILE" => Lines(new("TEXTFILE", $"FORMAT csv, HEADER false, DELIMITER {SqlText.Literal(delimiter)}, QUOTE '', ESCAPE '', NULL '\\N'", "",
            "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", Text, TextOutput), compression),
        "ORC" or "AVRO" => throw QueryFailedException.NotSupported($"writing {format.ToUpperInvariant()} (PARQUET, JSON and TEXTFILE are)"),
        _ => throw new QueryFailedException($"INVALID_TABLE_PROPERTY: Unknown format '{format}'", AthenaErrorType.InvalidProperty),
    };

    private static OutputFormat Parquet(string compression) => new("PARQUET",
        $"FORMAT parquet, COMPRESSION {compression.ToUpperInvariant() switch
        {
            "GZIP" or "SNAPPY" or "ZSTD" or "LZ4" => compression.ToLowerInvariant(),
            "NONE" or "UNCOMPRESSED" => "uncompressed",
            _ => throw Unknown(compression),
        }}",
        "", "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat", "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");

    private static OutputFormat Lines(OutputFormat format, string? compression) => (compression ?? "GZIP").ToUpperInvariant() switch
    {
        "GZIP" => format with { Copy = format.Copy + ", COMPRESSION gzip", Extension = ".gz" },
        "NONE" or "UNCOMPRESSED" => format with { Copy = format.Copy + ", COMPRESSION none" },
        _ => throw Unknown(compression!),
    };

    private static QueryFailedException Unknown(string compression) => new($"INVALID_TABLE_PROPERTY: Unsupported compression '{compression}'", AthenaErrorType.InvalidProperty);
}
