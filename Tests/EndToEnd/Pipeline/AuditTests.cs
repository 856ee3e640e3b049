using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Each audit passes on sound tables, and fails when the data that it checks is changed.</summary>
public sealed class AuditTests(AuditTests.SoundTables sound) : IClassFixture<AuditTests.SoundTables>
{
    private const string Key = "lower(to_hex(hmac_sha256(to_utf8(lower(trim(c.email))), to_utf8(k.key))))";

    [Theory]
    [InlineData(ConsentPolicy.Given)]
    [InlineData(ConsentPolicy.AtReading)]
    public async Task Audits_OfSoundTables_Pass(ConsentPolicy policy)
    {
        var lake = sound.Under(policy);

        AuditResult[] results =
        [
            await lake.AuditAsync((audits, input) => audits.AuditConsentAsync(input)),
            await lake.AuditAsync((audits, input) => audits.AuditPairsAsync(input)),
            await lake.AuditAsync((audits, input) => audits.AuditUniquenessAsync(input)),
            await lake.AuditAsync((audits, input) => audits.AuditIdentifyingColumnsAsync(input)),
            (await lake.AuditAsync((audits, input) => audits.ReconcileAsync(input))).Audit,
        ];

        results.ShouldAllBe(result => result.Passed && result.Checked > 0);
    }

    [Theory]
    [InlineData("customer_trusted", "SELECT serialnumber, sharewithpublicasofdate, birthday, registrationdate, sharewithresearchasofdate, customername, email, lastupdatedate, phone, sharewithfriendsasofdate FROM ${customer_staged}")]
    [InlineData("customers_curated", "SELECT serialnumber, sharewithpublicasofdate, birthday, registrationdate, sharewithresearchasofdate, customername, email, lastupdatedate, phone, sharewithfriendsasofdate FROM ${customer_staged}")]
    [InlineData("accelerometer_trusted", "SELECT \"user\", \"timestamp\", x, y, z FROM ${accelerometer_staged}")]
    [InlineData("step_trainer_trusted", "SELECT sensorreadingtime, serialnumber, distancefromobject FROM ${step_trainer_staged}")]
    [InlineData("machine_learning_curated", "SELECT " + Key + " AS pseudonym, s.sensorreadingtime, s.distancefromobject, a.x, a.y, a.z FROM ${customer_staged} c CROSS JOIN ${pseudonym_key} k JOIN ${step_trainer_staged} s ON s.serialnumber = c.serialnumber JOIN ${accelerometer_staged} a ON a.\"user\" = c.email AND a.\"timestamp\" = s.sensorreadingtime")]
    public async Task AuditConsent_WhenATableHoldsPeopleWithoutConsent_NamesTheTable(string table, string select)
    {
        var lake = sound.Under(ConsentPolicy.Given);

        await lake.ReplaceAsync(table, select);

        var audit = await lake.AuditAsync((audits, input) => audits.AuditConsentAsync(input));
        audit.Violations.ShouldBePositive();
        audit.Detail.ShouldNotBeNull().ShouldEndWith($" in {table}");
    }

    [Theory]
    [InlineData("accelerometer_trusted", "SELECT a.\"user\", a.\"timestamp\", a.x, a.y, a.z FROM ${accelerometer_staged} a JOIN ${customer_trusted} c ON c.email = a.\"user\"")]
    [InlineData("step_trainer_trusted", "SELECT s.sensorreadingtime, s.serialnumber, s.distancefromobject FROM ${step_trainer_staged} s JOIN ${customer_trusted} c ON c.serialnumber = s.serialnumber")]
    public async Task AuditConsent_WhenReadingsAreOlderThanTheConsentUnderAtReading_NamesTheTable(string table, string select)
    {
        var lake = sound.Under(ConsentPolicy.AtReading);

        await lake.ReplaceAsync(table, select);

        (await lake.AuditAsync((audits, input) => audits.AuditConsentAsync(input))).Detail.ShouldNotBeNull().ShouldEndWith($" in {table}");
    }

    [Fact]
    public async Task AuditPairs_WhenPairsAreOfDifferentPeople_FindsThem()
    {
        var lake = sound.Under(ConsentPolicy.Given);

        await lake.ReplaceAsync(
            LakeTables.MachineLearningCurated,
            $"SELECT {Key} AS pseudonym, s.sensorreadingtime, s.distancefromobject, a.x, a.y, a.z FROM ${{step_trainer_trusted}} s JOIN ${{customers_curated}} c ON c.serialnumber = s.serialnumber CROSS JOIN ${{pseudonym_key}} k JOIN ${{accelerometer_trusted}} a ON a.\"timestamp\" = s.sensorreadingtime");

        var audit = await lake.AuditAsync((audits, input) => audits.AuditPairsAsync(input));
        audit.Violations.ShouldBePositive();
        audit.Detail.ShouldNotBeNull().ShouldContain("without an accelerometer reading");
    }

    [Theory]
    [InlineData("customer_trusted")]
    [InlineData("accelerometer_trusted")]
    [InlineData("customers_curated")]
    [InlineData("step_trainer_trusted")]
    [InlineData("machine_learning_curated")]
    public async Task AuditUniqueness_WhenRowsAreDuplicated_NamesTheTable(string table)
    {
        var lake = sound.Under(ConsentPolicy.Given);
        var columns = string.Join(", ", LakeContract.Table(table).WorkColumns.Select(column => $"\"{column.Name}\""));

        await lake.ReplaceAsync(table, $"SELECT {columns} FROM ${{{table}}} UNION ALL SELECT {columns} FROM ${{{table}}}");

        (await lake.AuditAsync((audits, input) => audits.AuditUniquenessAsync(input))).Detail.ShouldNotBeNull().ShouldEndWith($" in {table}");
    }

    [Fact]
    public async Task AuditIdentifyingColumns_WhenAnEmailReplacesThePseudonym_FindsIt()
    {
        var lake = sound.Under(ConsentPolicy.Given);

        await lake.ReplaceAsync(LakeTables.MachineLearningCurated, "SELECT c.email AS pseudonym, m.sensorreadingtime, m.distancefromobject, m.x, m.y, m.z FROM ${machine_learning_curated} m CROSS JOIN ${customers_curated} c");

        (await lake.AuditAsync((audits, input) => audits.AuditIdentifyingColumnsAsync(input))).Detail.ShouldNotBeNull().ShouldContain("not pseudonyms");
    }

    [Fact]
    public async Task AuditIdentifyingColumns_WhenAnIdentifyingColumnIsAdded_NamesIt()
    {
        var lake = sound.Under(ConsentPolicy.Given);

        await lake.ReplaceAsync(
            LakeTables.MachineLearningCurated,
            "SELECT pseudonym, sensorreadingtime, distancefromobject, x, y, z, 'nobody' AS email FROM ${machine_learning_curated}",
            [.. LakeContract.Table(LakeTables.MachineLearningCurated).Columns, new("email", "string")]);

        (await lake.AuditAsync((audits, input) => audits.AuditIdentifyingColumnsAsync(input))).Detail.ShouldBe("column email");
    }

    [Theory]
    [InlineData("customer_trusted", "email", "'x'")]
    [InlineData("accelerometer_trusted", "x", "2")]
    [InlineData("customers_curated", "email", "'x'")]
    [InlineData("step_trainer_trusted", "distancefromobject", "0")]
    [InlineData("machine_learning_curated", "x", "2")]
    public async Task Reconcile_WhenATableLostRows_NamesTheTable(string table, string column, string never)
    {
        var lake = sound.Under(ConsentPolicy.Given);
        var columns = LakeContract.Table(table).WorkColumns.Select(known => $"\"{known.Name}\"").ToList();

        await lake.ReplaceAsync(
            table,
            $"WITH numbered AS (SELECT {string.Join(", ", columns)}, row_number() OVER (ORDER BY {string.Join(", ", columns)}) AS n FROM ${{{table}}} WHERE {column} <> {never}) SELECT {string.Join(", ", columns)} FROM numbered WHERE n > 1");

        var reconciliation = await lake.AuditAsync((audits, input) => audits.ReconcileAsync(input));
        reconciliation.Audit.Passed.ShouldBeFalse();
        reconciliation.Audit.Detail.ShouldNotBeNull().ShouldContain(table);
    }

    /// <summary>Sound tables under both policies, built once; each test changes a copy.</summary>
    public sealed class SoundTables : IAsyncLifetime
    {
        private InProcessStack _stack = null!;
        private Dictionary<ConsentPolicy, StagedLake> _lakes = null!;

        public async ValueTask InitializeAsync()
        {
            _stack = await InProcessStack.StartAsync();
            await _stack.LandGeneratedAsync(new() { Seed = 3, Scale = 0.02 });
            _lakes = new()
            {
                [ConsentPolicy.Given] = await StagedLake.MakeAsync(_stack),
                [ConsentPolicy.AtReading] = await StagedLake.MakeAsync(_stack, ConsentPolicy.AtReading),
            };
        }

        public ValueTask DisposeAsync() => _stack.DisposeAsync();

        internal StagedLake Under(ConsentPolicy policy) => _lakes[policy].Copy();
    }
}
