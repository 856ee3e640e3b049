using DuckDB.NET.Data;
using Stedi.DevStack.Landing.Expectations;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>
/// Computes the expected results of a landing folder from its files, independently of the generator: people by the reference function of
/// consent, everything else by SQL.
/// </summary>
internal sealed class LandingQueries : IDisposable
{
    private static readonly long RunTime = new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly DuckDBConnection _connection = new("Data Source=:memory:");
    private readonly Dictionary<string, ExpectedSource> _sources = [];
    private readonly List<(string Person, ConsentLine Line)> _claims = [];

    private LandingQueries() => _connection.Open();

    /// <summary>For files without defects, which DuckDB reads itself.</summary>
    public static LandingQueries OverFiles(string folder)
    {
        var queries = new LandingQueries();
        queries.Run($$"""
            CREATE TABLE c AS SELECT *, lower(email) AS person, lower(serialNumber) AS device FROM read_json('{{folder}}/customer/landing/*.json', format='newline_delimited', columns={customerName:'VARCHAR', email:'VARCHAR', phone:'VARCHAR', birthDay:'VARCHAR',
                serialNumber:'VARCHAR', registrationDate:'BIGINT', lastUpdateDate:'BIGINT', shareWithResearchAsOfDate:'BIGINT'});
            CREATE TABLE a AS SELECT *, lower("user") AS person FROM read_json('{{folder}}/accelerometer/landing/*.json', format='newline_delimited', columns={user:'VARCHAR', timestamp:'BIGINT', x:'DOUBLE', y:'DOUBLE', z:'DOUBLE'});
            CREATE TABLE s AS SELECT *, lower(serialNumber) AS device FROM read_json('{{folder}}/step_trainer/landing/*.json', format='newline_delimited', columns={sensorReadingTime:'BIGINT', serialNumber:'VARCHAR', distanceFromObject:'INTEGER'});
            """);
        using (var command = queries._connection.CreateCommand())
        {
            command.CommandText = "SELECT person, device, lastUpdateDate, registrationDate, shareWithResearchAsOfDate FROM c";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                queries._claims.Add((reader.GetString(0), new(true, Whole(2), Whole(3), Whole(4)) { Device = reader.GetString(1) }));
            }

            long? Whole(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
        }

        queries.Decide();
        return queries;
    }

    /// <summary>For files with defects, which <see cref="LandedLines"/> reads by the contract.</summary>
    public static LandingQueries OverLines(string folder)
    {
        var queries = new LandingQueries();
        queries.Run("""
            CREATE TABLE c (email VARCHAR, person VARCHAR, serialNumber VARCHAR, device VARCHAR, registrationDate BIGINT, lastUpdateDate BIGINT, shareWithResearchAsOfDate BIGINT);
            CREATE TABLE a ("user" VARCHAR, person VARCHAR, timestamp BIGINT, x DOUBLE, y DOUBLE, z DOUBLE);
            CREATE TABLE s (sensorReadingTime BIGINT, serialNumber VARCHAR, device VARCHAR, distanceFromObject INTEGER);
            """);
        queries.LoadCustomers(folder);
        queries.Load(folder, "accelerometer", "a",
            line => !line.IsGivenTwice("user", "timestamp", "x", "y", "z") && line.Text("user") is not null && line.Time("timestamp") is not null && line.Fraction("x") is not null && line.Fraction("y") is not null && line.Fraction("z") is not null,
            (to, line) => to.AppendValue(line.Text("user")).AppendValue(LandedCustomer.Identity(line.Text("user")!)).AppendValue(line.Time("timestamp")).AppendValue(line.Fraction("x")).AppendValue(line.Fraction("y")).AppendValue(line.Fraction("z")));
        queries.Load(folder, "step_trainer", "s",
            line => !line.IsGivenTwice("serialNumber", "sensorReadingTime", "distanceFromObject") && line.Text("serialNumber") is not null && line.Time("sensorReadingTime") is not null && line.Whole("distanceFromObject") is not null,
            (to, line) => to.AppendValue(line.Time("sensorReadingTime")).AppendValue(line.Text("serialNumber")).AppendValue(LandedCustomer.Identity(line.Text("serialNumber")!)).AppendValue((int?)line.Whole("distanceFromObject")));
        queries.Decide();
        return queries;
    }

    /// <summary>Compares the expected results of a set with the ones found in its files.</summary>
    public void ShouldFind(ExpectedResults expected)
    {
        expected.Customer.Rows.ShouldBe(Count("SELECT count(*) FROM c"));
        expected.Accelerometer.Rows.ShouldBe(Count("SELECT count(*) FROM a"));
        expected.StepTrainer.Rows.ShouldBe(Count("SELECT count(*) FROM s"));
        foreach (var (name, found) in _sources)
        {
            var source = name switch { "customer" => expected.Customer, "accelerometer" => expected.Accelerometer, _ => expected.StepTrainer };
            (source with { Files = 0, Bytes = 0 }).ShouldBe(found, name);
        }

        expected.DistinctEmails.ShouldBe(Count("SELECT count(DISTINCT email) FROM c"));
        expected.CustomersWithoutConsent.ShouldBe(Count("SELECT count(*) FROM c WHERE coalesce(shareWithResearchAsOfDate, 0) = 0"));
        expected.LandingJoin.ShouldBe(Count(
            "SELECT count(*) FROM c JOIN a ON a.user = c.email JOIN s ON s.serialNumber = c.serialNumber AND s.sensorReadingTime = a.timestamp"));
        expected.WithheldPeople.Sum(reason => reason.Value).ShouldBe(Count("SELECT count(*) FROM decision WHERE reason <> 'no consent'"));
        expected.WithheldPeople.ShouldAllBe(reason => expected.Given.LeftOut[new("customer_trusted", reason.Key)] == reason.Value);
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

    private void LoadCustomers(string folder)
    {
        var (rows, anonymous, dropped, damaged) = (0, 0, 0, 0);
        var lines = LandedLines.Read(folder, "customer").ToList();
        using var appender = _connection.CreateAppender("c");
        foreach (var line in lines.Where(line => !line.IsBlank))
        {
            var customer = LandedCustomer.Read(line);
            if (customer.Person is null)
            {
                anonymous++;
                continue;
            }

            _claims.Add((customer.Person, customer.Line));
            if (customer.Line.IsAccepted)
            {
                rows++;
                dropped += customer.DroppedValues;
                damaged += customer.DamagedTexts;
                appender.CreateRow().AppendValue(line.Text("email")).AppendValue(customer.Person).AppendValue(line.Text("serialNumber")).AppendValue(customer.Line.Device)
                    .AppendValue(customer.Line.Registration).AppendValue(customer.Line.LastUpdate).AppendValue(customer.Line.Consent).EndRow();
            }
        }

        var blank = lines.Count(line => line.IsBlank);
        _sources["customer"] = new(rows, lines.Count - blank - rows, 0, 0) { AnonymousLines = anonymous, BlankLines = blank, DroppedValues = dropped, DamagedTexts = damaged };
    }

    private void Load(string folder, string source, string table, Func<LandedLine, bool> isRow, Func<IDuckDBAppenderRow, LandedLine, IDuckDBAppenderRow> append)
    {
        var (rows, rejected, blank) = (0, 0, 0);
        using var appender = _connection.CreateAppender(table);
        foreach (var line in LandedLines.Read(folder, source))
        {
            if (isRow(line))
            {
                rows++;
                append(appender.CreateRow(), line).EndRow();
            }
            else if (line.IsBlank)
            {
                blank++;
            }
            else
            {
                rejected++;
            }
        }

        _sources[source] = new(rows, rejected, 0, 0) { BlankLines = blank };
    }

    private void Decide()
    {
        Run("""
            CREATE TABLE decision (person VARCHAR, since BIGINT, device VARCHAR, reason VARCHAR);
            CREATE TABLE claimed (device VARCHAR, person VARCHAR);
            CREATE VIEW consenting AS SELECT person, since, device FROM decision WHERE reason IS NULL;
            CREATE VIEW owned AS SELECT device, person FROM claimed WHERE person IS NOT NULL;
            """);
        using var decisions = _connection.CreateAppender("decision");
        foreach (var person in _claims.GroupBy(claim => claim.Person, claim => claim.Line))
        {
            var decision = ConsentRules.Decide(person, RunTime)!;
            decisions.CreateRow().AppendValue(person.Key).AppendValue(decision.Record?.Consent).AppendValue(decision.Record?.Device).AppendValue(decision.Reason).EndRow();
        }

        using var owners = _connection.CreateAppender("claimed");
        foreach (var (device, owner) in ConsentRules.DeviceOwners(_claims))
        {
            owners.CreateRow().AppendValue(device).AppendValue(owner).EndRow();
        }
    }

    private Dictionary<Exclusion, long> LeftOut(string since)
    {
        const string App = "(SELECT person, timestamp AS t, x, y, z FROM a)";
        const string Steps = "(SELECT device, sensorReadingTime AS t, distanceFromObject FROM s)";
        const string Owned = $"FROM {Steps} s JOIN owned USING (device)";
        var leftOut = new Dictionary<Exclusion, long>
        {
            [new("customer_trusted", ExclusionReasons.OlderRecord)] = Count("SELECT count(*) - count(DISTINCT person) FROM c"),
            [new("accelerometer_trusted", ExclusionReasons.Duplicate)] = Count($"SELECT (SELECT count(*) FROM {App} a JOIN consenting USING (person) WHERE t >= {since}) - (SELECT count(*) FROM trusted_readings)"),
            [new("accelerometer_trusted", ExclusionReasons.UnknownPerson)] = Count($"SELECT count(*) FROM {App} a ANTI JOIN decision USING (person)"),
            [new("accelerometer_trusted", ExclusionReasons.BeforeConsent)] = Count($"SELECT count(*) FROM {App} a JOIN consenting USING (person) WHERE t < {since}"),
            [new("customers_curated", ExclusionReasons.NoReadings)] = Count("SELECT count(*) FROM consenting ANTI JOIN trusted_readings USING (person)"),
            [new("step_trainer_trusted", ExclusionReasons.Duplicate)] = Count($"SELECT (SELECT count(*) {Owned} JOIN curated USING (person, device) WHERE t >= {since}) - (SELECT count(*) FROM trusted_steps)"),
            [new("step_trainer_trusted", ExclusionReasons.UnknownDevice)] = Count($"SELECT count(*) FROM {Steps} s ANTI JOIN claimed USING (device)"),
            [new("step_trainer_trusted", ExclusionReasons.AmbiguousDevice)] = Count($"SELECT count(*) FROM {Steps} s SEMI JOIN claimed USING (device) ANTI JOIN owned USING (device)"),
            [new("step_trainer_trusted", ExclusionReasons.FormerDevice)] = Count($"SELECT count(*) {Owned} JOIN consenting USING (person) WHERE consenting.device <> s.device"),
            [new("step_trainer_trusted", ExclusionReasons.BeforeConsent)] = Count($"SELECT count(*) {Owned} JOIN consenting USING (person, device) WHERE t < {since}"),
            [new("step_trainer_trusted", ExclusionReasons.OwnerWithoutReadings)] = Count($"SELECT count(*) {Owned} JOIN consenting USING (person, device) ANTI JOIN trusted_readings USING (person) WHERE t >= {since}"),
            [new("machine_learning_curated", ExclusionReasons.StepWithoutPartner)] = Count("SELECT count(*) FROM trusted_steps ANTI JOIN trusted_readings USING (person, t)"),
            [new("machine_learning_curated", ExclusionReasons.ReadingWithoutPartner)] = Count("SELECT count(*) FROM trusted_readings ANTI JOIN trusted_steps USING (person, t)"),
        };
        foreach (var reason in Texts("SELECT DISTINCT reason FROM decision WHERE reason IS NOT NULL"))
        {
            leftOut[new("customer_trusted", reason)] = Count($"SELECT count(*) FROM decision WHERE reason = '{reason}'");
            leftOut[new("accelerometer_trusted", reason)] = Count($"SELECT count(*) FROM {App} a JOIN decision USING (person) WHERE reason = '{reason}'");
            leftOut[new("step_trainer_trusted", reason)] = Count($"SELECT count(*) {Owned} JOIN decision USING (person) WHERE reason = '{reason}'");
        }

        return leftOut;
    }

    private void Run(string statements)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
