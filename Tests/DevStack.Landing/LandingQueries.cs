using System.Text.Json;
using DuckDB.NET.Data;
using Stedi.DevStack.Landing.Expectations;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>Computes the expected results of a landing folder by SQL over its files, independently of the generator.</summary>
internal sealed class LandingQueries : IDisposable
{
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");

    private LandingQueries() => _connection.Open();

    /// <summary>Number of rejected lines, by source.</summary>
    public Dictionary<string, int> Rejected { get; } = [];

    /// <summary>For files without defects, which DuckDB reads itself.</summary>
    public static LandingQueries OverFiles(string folder)
    {
        var queries = new LandingQueries();
        queries.Run($$"""
            CREATE TABLE customers AS FROM read_json('{{folder}}/customer/landing/*.json', format='newline_delimited', columns={customerName:'VARCHAR', email:'VARCHAR', phone:'VARCHAR', birthDay:'VARCHAR',
                serialNumber:'VARCHAR', registrationDate:'BIGINT', lastUpdateDate:'BIGINT', shareWithResearchAsOfDate:'BIGINT'});
            CREATE TABLE readings AS FROM read_json('{{folder}}/accelerometer/landing/*.json', format='newline_delimited', columns={user:'VARCHAR', timestamp:'BIGINT', x:'DOUBLE', y:'DOUBLE', z:'DOUBLE'});
            CREATE TABLE steps AS FROM read_json('{{folder}}/step_trainer/landing/*.json', format='newline_delimited', columns={sensorReadingTime:'BIGINT', serialNumber:'VARCHAR', distanceFromObject:'INTEGER'});
            """);
        queries.Prepare();
        return queries;
    }

    /// <summary>For files with defects, which <see cref="LandedLines"/> reads by the contract.</summary>
    public static LandingQueries OverLines(string folder)
    {
        var queries = new LandingQueries();
        queries.Run("""
            CREATE TABLE customers (email VARCHAR, serialNumber VARCHAR, registrationDate BIGINT, lastUpdateDate BIGINT, shareWithResearchAsOfDate BIGINT);
            CREATE TABLE readings ("user" VARCHAR, timestamp BIGINT, x DOUBLE, y DOUBLE, z DOUBLE);
            CREATE TABLE steps (sensorReadingTime BIGINT, serialNumber VARCHAR, distanceFromObject INTEGER);
            """);
        queries.Load(folder, "customer", "customers",
            row => row.Text("email") is not null && row.Text("serialNumber") is not null && row.Whole("registrationDate") is not null,
            (to, row) => to.AppendValue(row.Text("email")).AppendValue(row.Text("serialNumber")).AppendValue(row.Whole("registrationDate"))
                .AppendValue(row.Whole("lastUpdateDate")).AppendValue(row.Whole("shareWithResearchAsOfDate")));
        queries.Load(folder, "accelerometer", "readings",
            row => row.Text("user") is not null && row.Whole("timestamp") is not null && row.Fraction("x") is not null && row.Fraction("y") is not null && row.Fraction("z") is not null,
            (to, row) => to.AppendValue(row.Text("user")).AppendValue(row.Whole("timestamp")).AppendValue(row.Fraction("x")).AppendValue(row.Fraction("y")).AppendValue(row.Fraction("z")));
        queries.Load(folder, "step_trainer", "steps",
            row => row.Text("serialNumber") is not null && row.Whole("sensorReadingTime") is not null && row.Whole("distanceFromObject") is not null,
            (to, row) => to.AppendValue(row.Whole("sensorReadingTime")).AppendValue(row.Text("serialNumber")).AppendValue((int?)row.Whole("distanceFromObject")));
        queries.Prepare();
        return queries;
    }

    /// <summary>Compares the expected results of a set with the ones found in its files.</summary>
    public void ShouldFind(ExpectedResults expected)
    {
        expected.Customer.Rows.ShouldBe(Count("SELECT count(*) FROM c"));
        expected.Accelerometer.Rows.ShouldBe(Count("SELECT count(*) FROM a"));
        expected.StepTrainer.Rows.ShouldBe(Count("SELECT count(*) FROM s"));
        expected.Customer.RejectedLines.ShouldBe(Rejected.GetValueOrDefault("customer"));
        expected.Accelerometer.RejectedLines.ShouldBe(Rejected.GetValueOrDefault("accelerometer"));
        expected.StepTrainer.RejectedLines.ShouldBe(Rejected.GetValueOrDefault("step_trainer"));
        expected.DistinctEmails.ShouldBe(Count("SELECT count(DISTINCT email) FROM c"));
        expected.CustomersWithoutConsent.ShouldBe(Count("SELECT count(*) FROM c WHERE coalesce(shareWithResearchAsOfDate, 0) = 0"));
        expected.LandingJoin.ShouldBe(Count(
            "SELECT count(*) FROM c JOIN a ON a.user = c.email JOIN s ON s.serialNumber = c.serialNumber AND s.sensorReadingTime = a.timestamp"));
        ShouldFind(expected.Given, Policy(atReading: false));
        ShouldFind(expected.AtReading, Policy(atReading: true));
    }

    public long Count(string query)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<string> Texts(string query)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    public ExpectedTables Policy(bool atReading)
    {
        var since = atReading ? "since" : "-9223372036854775807";
        Run($"""
            CREATE OR REPLACE TABLE trusted_readings AS SELECT DISTINCT a.person, timestamp AS t, x, y, z FROM a JOIN consenting USING (person) WHERE timestamp >= {since};
            CREATE OR REPLACE TABLE curated AS SELECT * FROM consenting SEMI JOIN trusted_readings USING (person);
            CREATE OR REPLACE TABLE trusted_steps AS SELECT DISTINCT curated.person, s.device, sensorReadingTime AS t, distanceFromObject
                FROM s JOIN curated USING (device) JOIN owned ON owned.device = s.device AND owned.person = curated.person WHERE sensorReadingTime >= {since};
            """);
        return new()
        {
            CustomerTrusted = Count("SELECT count(*) FROM consenting"),
            AccelerometerTrusted = Count("SELECT count(*) FROM trusted_readings"),
            CustomersCurated = Count("SELECT count(*) FROM curated"),
            StepTrainerTrusted = Count("SELECT count(*) FROM trusted_steps"),
            MachineLearningCurated = Count("SELECT count(*) FROM trusted_steps JOIN trusted_readings USING (person, t)"),
            TimestampOnlyJoin = Count("SELECT count(*) FROM trusted_steps JOIN trusted_readings USING (t)"),
            LeftOut = new Dictionary<Exclusion, long>(LeftOut(since).Where(reason => reason.Value > 0)),
        };
    }

    public void Dispose() => _connection.Dispose();

    private static void ShouldFind(ExpectedTables expected, ExpectedTables found)
    {
        (expected with { LeftOut = found.LeftOut }).ShouldBe(found);
        expected.LeftOut.ToDictionary().ShouldBe(found.LeftOut.ToDictionary(), ignoreOrder: true);
    }

    private void Load(string folder, string source, string table, Func<Dictionary<string, JsonElement>, bool> isValid, Func<IDuckDBAppenderRow, Dictionary<string, JsonElement>, IDuckDBAppenderRow> append)
    {
        (var rows, Rejected[source]) = LandedLines.Read(folder, source, isValid);
        using var appender = _connection.CreateAppender(table);
        foreach (var row in rows)
        {
            append(appender.CreateRow(), row).EndRow();
        }
    }

    private void Prepare() => Run("""
        CREATE VIEW c AS SELECT *, lower(trim(email)) AS person, lower(trim(serialNumber)) AS device FROM customers;
        CREATE VIEW a AS SELECT *, lower(trim("user")) AS person FROM readings;
        CREATE VIEW s AS SELECT *, lower(trim(serialNumber)) AS device FROM steps;
        CREATE VIEW latest AS SELECT person, arg_max(struct_pack(since := nullif(shareWithResearchAsOfDate, 0), device),
            (coalesce(lastUpdateDate, registrationDate), registrationDate, coalesce(shareWithResearchAsOfDate, 0) = 0)) AS r FROM c GROUP BY person;
        CREATE VIEW consenting AS SELECT person, r.since AS since, r.device AS device FROM latest WHERE r.since IS NOT NULL;
        CREATE VIEW owned AS SELECT device, any_value(person) AS person FROM c GROUP BY device HAVING count(DISTINCT person) = 1;
        """);

    private Dictionary<Exclusion, long> LeftOut(string since)
    {
        const string App = "(SELECT person, timestamp AS t, x, y, z FROM a)";
        const string Steps = "(SELECT device, sensorReadingTime AS t, distanceFromObject FROM s)";
        const string Owned = $"FROM {Steps} s JOIN owned USING (device)";
        return new()
        {
            [new("customer_trusted", ExclusionReasons.NoConsent)] = Count("SELECT count(*) FROM latest WHERE r.since IS NULL"),
            [new("customer_trusted", ExclusionReasons.OlderRecord)] = Count("SELECT count(*) - count(DISTINCT person) FROM c"),
            [new("accelerometer_trusted", ExclusionReasons.Duplicate)] = Count($"SELECT (SELECT count(*) FROM {App} a JOIN consenting USING (person) WHERE t >= {since}) - (SELECT count(*) FROM trusted_readings)"),
            [new("accelerometer_trusted", ExclusionReasons.UnknownPerson)] = Count($"SELECT count(*) FROM {App} a ANTI JOIN latest USING (person)"),
            [new("accelerometer_trusted", ExclusionReasons.NoConsent)] = Count($"SELECT count(*) FROM {App} a JOIN latest USING (person) WHERE r.since IS NULL"),
            [new("accelerometer_trusted", ExclusionReasons.BeforeConsent)] = Count($"SELECT count(*) FROM {App} a JOIN consenting USING (person) WHERE t < {since}"),
            [new("customers_curated", ExclusionReasons.NoReadings)] = Count("SELECT count(*) FROM consenting ANTI JOIN trusted_readings USING (person)"),
            [new("step_trainer_trusted", ExclusionReasons.Duplicate)] = Count($"SELECT (SELECT count(*) {Owned} JOIN curated USING (person, device) WHERE t >= {since}) - (SELECT count(*) FROM trusted_steps)"),
            [new("step_trainer_trusted", ExclusionReasons.UnknownDevice)] = Count($"SELECT count(*) FROM {Steps} s ANTI JOIN c USING (device)"),
            [new("step_trainer_trusted", ExclusionReasons.AmbiguousDevice)] = Count($"SELECT count(*) FROM {Steps} s SEMI JOIN c USING (device) ANTI JOIN owned USING (device)"),
            [new("step_trainer_trusted", ExclusionReasons.NoConsent)] = Count($"SELECT count(*) {Owned} JOIN latest USING (person) WHERE r.since IS NULL"),
            [new("step_trainer_trusted", ExclusionReasons.FormerDevice)] = Count($"SELECT count(*) {Owned} JOIN consenting USING (person) WHERE consenting.device <> s.device"),
            [new("step_trainer_trusted", ExclusionReasons.BeforeConsent)] = Count($"SELECT count(*) {Owned} JOIN consenting USING (person, device) WHERE t < {since}"),
            [new("step_trainer_trusted", ExclusionReasons.OwnerWithoutReadings)] = Count($"SELECT count(*) {Owned} JOIN consenting USING (person, device) ANTI JOIN trusted_readings USING (person) WHERE t >= {since}"),
            [new("machine_learning_curated", ExclusionReasons.StepWithoutPartner)] = Count("SELECT count(*) FROM trusted_steps ANTI JOIN trusted_readings USING (person, t)"),
            [new("machine_learning_curated", ExclusionReasons.ReadingWithoutPartner)] = Count("SELECT count(*) FROM trusted_readings ANTI JOIN trusted_steps USING (person, t)"),
        };
    }

    private void Run(string statements)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
