using System.Globalization;
using DuckDB.NET.Data;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Audit;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>
/// The baseline: the same tables made by a plain DuckDB script. It stages the three sources
/// with their rejected lines counted and builds the five tables, all as zstd Parquet; separately, it runs the audits'
/// queries. It has no crawl, no snapshot, no lineage and no recovery.
/// </summary>
internal sealed class BareDuckDb : IDisposable
{
    private static readonly (string Concern, string Table)[] Tables =
    [
        ("Consent", LakeTables.CustomerTrusted),
        ("Consent", LakeTables.AccelerometerTrusted),
        ("Curation", LakeTables.CustomersCurated),
        ("Sensors", LakeTables.StepTrainerTrusted),
        ("Sensors", LakeTables.MachineLearningCurated),
    ];

    private static readonly string[] Audits = ["consent", "pairs", "uniqueness", "identifying_columns", "reconciliation"];

    private readonly string _landing;
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("stedi-bench-");
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly Dictionary<string, string> _names = new()
    {
        ["policy"] = nameof(ConsentPolicy.Given),
        ["as_of"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        ["pseudonym_key"] = "pseudonym_key",
        ["cleaned_text"] = "lower(trim(text))",
        ["inner_value"] = JsonText.InnerValue,
        ["is_cleared"] = "false",
    };

    /// <param name="landing">The folder of <c>customer/landing/</c> and its siblings.</param>
    public BareDuckDb(string landing)
    {
        _landing = landing;
        _names["customer_text"] = $"(SELECT filename AS \"$path\", line FROM read_csv({Literal(Path.Combine(landing, LandingSources.Prefix(LandingSources.Customer), "*"))}, columns = {{line: 'VARCHAR'}}, delim = '\u0001', quote = '', escape = '', header = false, auto_detect = false, filename = true, hive_partitioning = false))";
        _connection.Open();
        Execute($"""
            SET temp_directory = {Literal(Path.Combine(_output.FullName, "spill"))};
            CREATE MACRO to_utf8(text) AS encode(text);
            CREATE MACRO hmac_sha256(data, key) AS unhex(sha256(key || data));
            CREATE MACRO to_hex(data) AS hex(data);
            CREATE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern);
            CREATE MACRO json_extract_scalar(json, path) AS CASE WHEN json_valid(json) THEN json_extract_string(json, path) END;
            CREATE MACRO array_join(list, separator) AS array_to_string(list, separator);
            CREATE TABLE pseudonym_key AS SELECT 'bench' AS key;
            """);
    }

    /// <summary>Stages the sources and builds the tables.</summary>
    /// <returns>Rows per table, and the number of rejected lines under <c>rejected</c>.</returns>
    public IReadOnlyDictionary<string, long> Make()
    {
        var rows = new Dictionary<string, long> { ["rejected"] = 0 };
        foreach (var (source, select) in Staging())
        {
            _names[LandingSources.StagedTable(source)] = Write(LandingSources.StagedTable(source), select);
            rows["rejected"] += Count(_names[LandingSources.StagedTable(source)], "reason IS NOT NULL");
        }

        foreach (var (concern, table) in Tables)
        {
            _names[table] = Write(table, SqlTemplate.Render($"{concern}/{table}.sql", _names));
            rows[table] = Count(_names[table], "true");
        }

        return rows;
    }

    /// <summary>Runs the queries of the audits on the tables.</summary>
    public void Audit()
    {
        _names["people"] = SqlTemplate.Render("Audit/people.sql", _names);
        _names["devices"] = SqlTemplate.Render("Audit/devices.sql", _names);
        _names[IAuditActivities.DecidedPeople] = Write(IAuditActivities.DecidedPeople, SqlTemplate.Render("Audit/decided_people.sql", _names));
        foreach (var audit in Audits)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = SqlTemplate.Render($"Audit/{audit}.sql", _names);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _output.Delete(recursive: true);
    }

    private IEnumerable<(string Source, string Select)> Staging()
    {
        yield return (LandingSources.Customer, $"""
            SELECT
                serialNumber AS serialnumber, shareWithPublicAsOfDate AS sharewithpublicasofdate, birthDay AS birthday,
                registrationDate AS registrationdate, shareWithResearchAsOfDate AS sharewithresearchasofdate,
                customerName AS customername, email, lastUpdateDate AS lastupdatedate, phone,
                shareWithFriendsAsOfDate AS sharewithfriendsasofdate, lower(trim(email)) AS person, lower(trim(serialNumber)) AS device,
                CASE
                    WHEN shareWithResearchAsOfDate IS NULL THEN greatest(coalesce(lastUpdateDate, registrationDate), registrationDate)
                    ELSE coalesce(lastUpdateDate, registrationDate)
                END AS record_time,
                shareWithResearchAsOfDate IS NOT NULL AS states_consent, filename AS source_file,
                CASE WHEN email IS NULL OR serialNumber IS NULL OR registrationDate IS NULL THEN 'does not fit' END AS reason
            FROM {Read(LandingSources.Customer, """
                serialNumber: 'VARCHAR', shareWithPublicAsOfDate: 'BIGINT', birthDay: 'VARCHAR', registrationDate: 'BIGINT',
                shareWithResearchAsOfDate: 'BIGINT', customerName: 'VARCHAR', email: 'VARCHAR', lastUpdateDate: 'BIGINT',
                phone: 'VARCHAR', shareWithFriendsAsOfDate: 'BIGINT'
                """)}
            """);
        yield return (LandingSources.Accelerometer, $"""
            SELECT "user", "timestamp", x, y, z, lower(trim("user")) AS person, filename AS source_file,
                CASE WHEN "user" IS NULL OR "timestamp" IS NULL OR x IS NULL OR y IS NULL OR z IS NULL THEN 'does not fit' END AS reason
            FROM {Read(LandingSources.Accelerometer, "\"user\": 'VARCHAR', \"timestamp\": 'BIGINT', x: 'DOUBLE', y: 'DOUBLE', z: 'DOUBLE'")}
            """);
        yield return (LandingSources.StepTrainer, $"""
            SELECT sensorReadingTime AS sensorreadingtime, serialNumber AS serialnumber, distanceFromObject AS distancefromobject, lower(trim(serialNumber)) AS device, filename AS source_file,
                CASE WHEN sensorReadingTime IS NULL OR serialNumber IS NULL OR distanceFromObject IS NULL THEN 'does not fit' END AS reason
            FROM {Read(LandingSources.StepTrainer, "sensorReadingTime: 'BIGINT', serialNumber: 'VARCHAR', distanceFromObject: 'INTEGER'")}
            """);
    }

    private string Read(string source, string columns) =>
        $"read_json({Literal(Path.Combine(_landing, LandingSources.Prefix(source), "*"))}, format = 'newline_delimited', ignore_errors = true, filename = true, hive_partitioning = false, columns = {{{columns}}})";

    private string Write(string table, string select)
    {
        var file = Literal(Path.Combine(_output.FullName, $"{table}.parquet"));
        Execute($"COPY (\n{select}\n) TO {file} (FORMAT parquet, COMPRESSION zstd)");
        return $"read_parquet({file})";
    }

    private long Count(string table, string condition)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table} WHERE {condition}";
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
