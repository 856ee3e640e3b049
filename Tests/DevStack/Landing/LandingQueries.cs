using DuckDB.NET.Data;
using Stedi.DevStack.Landing.Truth;

namespace Stedi.Temporal.Tests.DevStack.Landing;

/// <summary>The truth about a landing folder once more, by SQL over its files and in other words than the generator's.</summary>
sealed class LandingQueries : IDisposable
{
    readonly DuckDBConnection connection = new("Data Source=:memory:");

    public LandingQueries(string folder)
    {
        connection.Open();
        Run($$"""
            CREATE TABLE c AS SELECT *, lower(trim(email)) AS person, lower(trim(serialNumber)) AS device
            FROM read_json('{{folder}}/customer/landing/*.json', format='newline_delimited', columns={customerName:'VARCHAR', email:'VARCHAR', phone:'VARCHAR', birthDay:'VARCHAR',
                serialNumber:'VARCHAR', registrationDate:'BIGINT', lastUpdateDate:'BIGINT', shareWithResearchAsOfDate:'BIGINT', shareWithPublicAsOfDate:'BIGINT', shareWithFriendsAsOfDate:'BIGINT'});
            CREATE TABLE a AS SELECT *, lower(trim("user")) AS person
            FROM read_json('{{folder}}/accelerometer/landing/*.json', format='newline_delimited', columns={user:'VARCHAR', timestamp:'BIGINT', x:'DOUBLE', y:'DOUBLE', z:'DOUBLE'});
            CREATE TABLE s AS SELECT *, lower(trim(serialNumber)) AS device
            FROM read_json('{{folder}}/step_trainer/landing/*.json', format='newline_delimited', columns={sensorReadingTime:'BIGINT', serialNumber:'VARCHAR', distanceFromObject:'INTEGER'});

            CREATE VIEW latest AS SELECT person, arg_max(struct_pack(since := nullif(shareWithResearchAsOfDate, 0), device),
                (coalesce(lastUpdateDate, registrationDate), registrationDate, shareWithResearchAsOfDate IS NULL OR shareWithResearchAsOfDate = 0)) AS r FROM c GROUP BY person;
            CREATE VIEW consenting AS SELECT person, r.since AS since, r.device AS device FROM latest WHERE r.since IS NOT NULL;
            CREATE VIEW owned AS SELECT device, any_value(person) AS person FROM c GROUP BY device HAVING count(DISTINCT person) = 1;
            """);
    }

    public long Count(string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<string> Texts(string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    public PolicyTruth Policy(bool atReading)
    {
        var since = atReading ? "since" : "0";
        Run($"""
            CREATE OR REPLACE TABLE felt AS SELECT DISTINCT a.person, timestamp AS t, x, y, z FROM a JOIN consenting USING (person) WHERE timestamp >= {since};
            CREATE OR REPLACE TABLE curated AS SELECT * FROM consenting SEMI JOIN felt USING (person);
            CREATE OR REPLACE TABLE walked AS SELECT DISTINCT curated.person, s.device, sensorReadingTime AS t, distanceFromObject
                FROM s JOIN curated USING (device) JOIN owned ON owned.device = s.device AND owned.person = curated.person WHERE sensorReadingTime >= {since};
            """);
        return new()
        {
            CustomerTrusted = Count("SELECT count(*) FROM consenting"),
            AccelerometerTrusted = Count("SELECT count(*) FROM felt"),
            CustomersCurated = Count("SELECT count(*) FROM curated"),
            StepTrainerTrusted = Count("SELECT count(*) FROM walked"),
            MachineLearningCurated = Count("SELECT count(*) FROM walked JOIN felt USING (person, t)"),
            TimestampOnlyJoin = Count("SELECT count(*) FROM walked JOIN felt USING (t)"),
            LeftOut = new Dictionary<Missing, long>(LeftOut(since).Where(reason => reason.Value > 0)),
        };
    }

    public void Dispose() => connection.Dispose();

    Dictionary<Missing, long> LeftOut(string since)
    {
        const string App = "(SELECT DISTINCT person, timestamp AS t, x, y, z FROM a)";
        const string Steps = "(SELECT DISTINCT device, sensorReadingTime AS t, distanceFromObject FROM s)";
        const string Owned = $"FROM {Steps} s JOIN owned USING (device)";
        return new()
        {
            [new("customer_trusted", Reasons.NoConsent)] = Count("SELECT count(*) FROM latest WHERE r.since IS NULL"),
            [new("customer_trusted", Reasons.OlderRecord)] = Count("SELECT count(*) - count(DISTINCT person) FROM c"),
            [new("accelerometer_trusted", Reasons.Duplicate)] = Count($"SELECT (SELECT count(*) FROM a) - (SELECT count(*) FROM {App})"),
            [new("accelerometer_trusted", Reasons.UnknownPerson)] = Count($"SELECT count(*) FROM {App} a ANTI JOIN latest USING (person)"),
            [new("accelerometer_trusted", Reasons.NoConsent)] = Count($"SELECT count(*) FROM {App} a JOIN latest USING (person) WHERE r.since IS NULL"),
            [new("accelerometer_trusted", Reasons.BeforeConsent)] = Count($"SELECT count(*) FROM {App} a JOIN consenting USING (person) WHERE t < {since}"),
            [new("customers_curated", Reasons.NoReadings)] = Count("SELECT count(*) FROM consenting ANTI JOIN felt USING (person)"),
            [new("step_trainer_trusted", Reasons.Duplicate)] = Count($"SELECT (SELECT count(*) FROM s) - (SELECT count(*) FROM {Steps})"),
            [new("step_trainer_trusted", Reasons.UnknownDevice)] = Count($"SELECT count(*) FROM {Steps} s ANTI JOIN c USING (device)"),
            [new("step_trainer_trusted", Reasons.AmbiguousDevice)] = Count($"SELECT count(*) FROM {Steps} s SEMI JOIN c USING (device) ANTI JOIN owned USING (device)"),
            [new("step_trainer_trusted", Reasons.NoConsent)] = Count($"SELECT count(*) {Owned} JOIN latest USING (person) WHERE r.since IS NULL"),
            [new("step_trainer_trusted", Reasons.FormerDevice)] = Count($"SELECT count(*) {Owned} JOIN consenting USING (person) WHERE consenting.device <> s.device"),
            [new("step_trainer_trusted", Reasons.BeforeConsent)] = Count($"SELECT count(*) {Owned} JOIN consenting USING (person, device) WHERE t < {since}"),
            [new("step_trainer_trusted", Reasons.OwnerWithoutReadings)] = Count($"SELECT count(*) {Owned} JOIN consenting USING (person, device) ANTI JOIN felt USING (person) WHERE t >= {since}"),
            [new("machine_learning_curated", Reasons.StepWithoutPartner)] = Count("SELECT count(*) FROM walked ANTI JOIN felt USING (person, t)"),
            [new("machine_learning_curated", Reasons.ReadingWithoutPartner)] = Count("SELECT count(*) FROM felt ANTI JOIN walked USING (person, t)"),
        };
    }

    void Run(string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
