using DuckDB.NET.Data;
using Stedi.Temporal.Activities.Queries;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Worker.Embedded.Bench;

/// <summary>
/// The baseline: the staged pipeline as a script that a person would write for DuckDB alone. It stages the three sources
/// with their rejected lines counted and makes the five tables, all as zstd Parquet; no crawl, no audit, no snapshot, no
/// lineage, nothing that survives a crash.
/// </summary>
/// <param name="landing">The folder of <c>customer/landing/</c> and its siblings.</param>
sealed class BareDuckDb(string landing)
{
    static readonly (string Concern, string Table)[] tables =
    [
        ("Consent", LakeTables.CustomerTrusted),
        ("Consent", LakeTables.AccelerometerTrusted),
        ("Curation", LakeTables.CustomersCurated),
        ("Sensors", LakeTables.StepTrainerTrusted),
        ("Sensors", LakeTables.MachineLearningCurated),
    ];

    /// <summary>Runs the script.</summary>
    /// <param name="output">An empty folder for the files.</param>
    /// <returns>Rows a table, and rejected lines under <c>rejected</c>.</returns>
    public IReadOnlyDictionary<string, long> Run(string output)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, $"""
            SET temp_directory = {Literal(Path.Combine(output, "spill"))};
            CREATE MACRO to_utf8(text) AS encode(text);
            CREATE MACRO hmac_sha256(data, key) AS unhex(sha256(key || data));
            CREATE MACRO to_hex(data) AS hex(data);
            CREATE TABLE pseudonym_key AS SELECT 'bench' AS key;
            """);
        var names = new Dictionary<string, string> { ["policy"] = nameof(ConsentPolicy.Given), ["pseudonym_key"] = "pseudonym_key" };
        var rows = new Dictionary<string, long> { ["rejected"] = 0 };
        foreach (var (source, select) in Staging())
        {
            names[$"{source}_staged"] = Write(connection, output, $"{source}_staged", select);
            rows["rejected"] += Count(connection, names[$"{source}_staged"], "rejected_reason IS NOT NULL");
        }

        foreach (var (concern, table) in tables)
        {
            names[table] = Write(connection, output, table, SqlTemplate.Render($"{concern}/{table}.sql", names));
            rows[table] = Count(connection, names[table], "true");
        }

        return rows;
    }

    IEnumerable<(string Source, string Select)> Staging()
    {
        yield return (LandingSources.Customer, $"""
            SELECT
                serialNumber AS serialnumber, shareWithPublicAsOfDate AS sharewithpublicasofdate, birthDay AS birthday,
                registrationDate AS registrationdate, shareWithResearchAsOfDate AS sharewithresearchasofdate,
                customerName AS customername, email, lastUpdateDate AS lastupdatedate, phone,
                shareWithFriendsAsOfDate AS sharewithfriendsasofdate, filename AS source_file,
                CASE WHEN email IS NULL OR serialNumber IS NULL OR registrationDate IS NULL THEN 'does not fit' END AS rejected_reason
            FROM {Read(LandingSources.Customer, """
                serialNumber: 'VARCHAR', shareWithPublicAsOfDate: 'BIGINT', birthDay: 'VARCHAR', registrationDate: 'BIGINT',
                shareWithResearchAsOfDate: 'BIGINT', customerName: 'VARCHAR', email: 'VARCHAR', lastUpdateDate: 'BIGINT',
                phone: 'VARCHAR', shareWithFriendsAsOfDate: 'BIGINT'
                """)}
            """);
        yield return (LandingSources.Accelerometer, $"""
            SELECT "user", "timestamp", x, y, z, filename AS source_file,
                CASE WHEN "user" IS NULL OR "timestamp" IS NULL OR x IS NULL OR y IS NULL OR z IS NULL THEN 'does not fit' END AS rejected_reason
            FROM {Read(LandingSources.Accelerometer, "\"user\": 'VARCHAR', \"timestamp\": 'BIGINT', x: 'DOUBLE', y: 'DOUBLE', z: 'DOUBLE'")}
            """);
        yield return (LandingSources.StepTrainer, $"""
            SELECT sensorReadingTime AS sensorreadingtime, serialNumber AS serialnumber, distanceFromObject AS distancefromobject, filename AS source_file,
                CASE WHEN sensorReadingTime IS NULL OR serialNumber IS NULL OR distanceFromObject IS NULL THEN 'does not fit' END AS rejected_reason
            FROM {Read(LandingSources.StepTrainer, "sensorReadingTime: 'BIGINT', serialNumber: 'VARCHAR', distanceFromObject: 'INTEGER'")}
            """);
    }

    string Read(string source, string columns) =>
        $"read_json({Literal(Path.Combine(landing, source, "landing", "*"))}, format = 'newline_delimited', ignore_errors = true, filename = true, hive_partitioning = false, columns = {{{columns}}})";

    static string Write(DuckDBConnection connection, string output, string table, string select)
    {
        var file = Literal(Path.Combine(output, $"{table}.parquet"));
        Execute(connection, $"COPY (\n{select}\n) TO {file} (FORMAT parquet, COMPRESSION zstd)");
        return $"read_parquet({file})";
    }

    static long Count(DuckDBConnection connection, string table, string condition)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table} WHERE {condition}";
        return (long)command.ExecuteScalar()!;
    }

    static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
