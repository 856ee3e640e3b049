using DuckDB.NET.Data;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>
/// A checksum of the rows in a table's files, independent of the order of rows and files. Pseudonyms differ between lakes, so they
/// are used only to group the rows of each person.
/// </summary>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Sum">Over each person's rows, then over the people.</param>
internal sealed record TableChecksum(long Rows, string Sum)
{
    private const string Pseudonym = "pseudonym";

    /// <summary>Reads all files of a folder.</summary>
    public static TableChecksum Of(string directory)
    {
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        // The folder's name contains "run=", which is not a column of the table.
        var files = $"read_parquet('{directory}/*', hive_partitioning = false)";
        var columns = new List<string>();
        using (var described = Query(duck, $"SELECT column_name FROM (DESCRIBE SELECT * FROM {files})"))
        {
            while (described.Read())
            {
                columns.Add(described.GetString(0));
            }
        }

        var values = string.Join(", ", columns.Where(column => column != Pseudonym).Order(StringComparer.Ordinal));
        var person = columns.Contains(Pseudonym) ? Pseudonym : "true";
        using var summed = Query(duck, $"""
            SELECT coalesce(sum(n), 0)::BIGINT, coalesce(sum(hash(n, h)::HUGEINT), 0)::VARCHAR
            FROM (SELECT count(*) AS n, sum(hash({values})::HUGEINT)::VARCHAR AS h FROM {files} GROUP BY {person})
            """);
        summed.Read();
        return new(summed.GetInt64(0), summed.GetString(1));
    }

    private static DuckDBDataReader Query(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteReader();
    }
}
