using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Tests.Sql;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Tests.Tables;

/// <summary>The activities that make the tables, and the audits of what they made.</summary>
[Trait("Speed", "Slow")]
public sealed class BuildTests(LocalLakes lakes)
{
    [Fact]
    public async Task Build_FromStagedLines_WritesRegistersAndCountsEachTable()
    {
        var made = await BuiltLake.MakeAsync(lakes);

        made.Tables.Keys.ShouldBe(LakeTables.All, ignoreOrder: true);
        LakeTables.All.Select(table => made.Tables[table].Rows).ShouldBe([1, 1, 1, 2, 1]);
        foreach (var (name, table) in made.Tables)
        {
            table.WorkTable.ShouldBe(SqlNames.WorkTable(name, made.Lake.Run));
            table.Location.ShouldStartWith($"s3://{made.Lake.Options.Bucket}/{LakeContract.Table(name).Zone}/{name}/run={made.Lake.Run.Id}/");
            (await made.Lake.KeysAsync(made.Lake.Objects.Key(table.Location))).Count.ShouldBe(table.Files);
            var registered = await made.Lake.Catalog.FindAsync(made.Lake.Options.WorkDatabase, table.WorkTable, CancellationToken.None);
            registered.ShouldNotBeNull().StorageDescriptor.Columns.Select(column => column.Name).ShouldBe(LakeContract.Table(name).WorkColumns.Select(column => column.Name));
        }

        (await QueryAsync(made, LakeTables.MachineLearningCurated, "pseudonym", "sensorreadingtime", "distancefromobject", "x", "y", "z"))
            .ShouldBe([$"{SqlFile.Pseudonym("jane@x")}|1655000000200|10|1.0|2.0|3.0"]);
    }

    [Fact]
    public async Task Build_WithoutAnInputThatTheSqlReads_FailsByItsName()
    {
        var input = new BuildInput(lakes.Shared.Run, Guid.NewGuid(), new Dictionary<string, string>());

        var failure = await Should.ThrowAsync<ArgumentException>(() => lakes.Shared.InActivityAsync((IConsentActivities consent) => consent.FilterCustomersAsync(input)));

        failure.Message.ShouldContain("${customer_staged}");
    }

    [Fact]
    public async Task Build_WhenAnInputTableIsGone_FailsForGood()
    {
        var input = new BuildInput(lakes.Shared.Run, Guid.NewGuid(), new Dictionary<string, string> { ["customer_staged"] = "no_such_table" });

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => lakes.Shared.InActivityAsync((IConsentActivities consent) => consent.FilterCustomersAsync(input)));

        failure.ErrorType.ShouldBe(FailureTypes.BadQuery);
        failure.NonRetryable.ShouldBeTrue();
    }

    [Fact]
    public async Task Audit_OfWhatTheActivitiesMade_PassesAndNamesWhoWasLeftOut()
    {
        var made = await BuiltLake.MakeAsync(lakes);

        (await made.AuditAsync((audits, input) => audits.AuditConsentAsync(input))).ShouldBe(new("every row belongs to somebody whose consent allows it", 0, 6) { Tables = made.Digest });
        (await made.AuditAsync((audits, input) => audits.AuditPairsAsync(input))).ShouldBe(new("every pair is of one person at one instant", 0, 1));
        (await made.AuditAsync((audits, input) => audits.AuditUniquenessAsync(input))).ShouldBe(new("people and readings occur once", 0, 6));
        (await made.AuditAsync((audits, input) => audits.AuditIdentifyingColumnsAsync(input))).ShouldBe(new("no column identifies anybody", 0, 1));
        var reconciled = await made.AuditAsync((audits, input) => audits.ReconcileAsync(input));
        reconciled.Audit.ShouldBe(new("every landed row is kept or left out for a reason", 0, 11));
        reconciled.LeftOut.ShouldBe(
            [
                new(LakeTables.CustomerTrusted, "no consent", 1),
                new(LakeTables.AccelerometerTrusted, "no consent", 1),
                new(LakeTables.AccelerometerTrusted, "duplicate reading", 1),
                new(LakeTables.StepTrainerTrusted, "no consent", 1),
                new(LakeTables.MachineLearningCurated, "no partner: step reading", 1),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Audit_OfTablesThatBreakARule_CountsAndLocatesTheViolations()
    {
        var made = await BuiltLake.MakeAsync(lakes);
        var training = made.Tables[LakeTables.MachineLearningCurated];
        // In place of the filtered tables, all that landed: John without consent, and a reading twice.
        made.WorkTables[LakeTables.CustomerTrusted] = made.WorkTables["customer_staged"];
        made.WorkTables[LakeTables.AccelerometerTrusted] = made.WorkTables["accelerometer_staged"];
        await made.Lake.Catalog.RegisterAsync(
            made.Lake.Options.WorkDatabase,
            TableDefinitions.Parquet(training.WorkTable, [.. LakeContract.Table(training.Table).Columns, new("email", "string"), new("note", "string")], training.Location),
            CancellationToken.None);

        var consent = await made.AuditAsync((audits, input) => audits.AuditConsentAsync(input));
        consent.Violations.ShouldBe(2);
        consent.Detail.ShouldNotBeNull().Split(", ").ShouldBe(["1 in customer_trusted", "1 in accelerometer_trusted"], ignoreOrder: true);
        (await made.AuditAsync((audits, input) => audits.AuditUniquenessAsync(input))).ShouldSatisfyAllConditions(
            audit => audit.Violations.ShouldBe(1),
            audit => audit.Detail.ShouldBe("1 in accelerometer_trusted"));
        (await made.AuditAsync((audits, input) => audits.AuditIdentifyingColumnsAsync(input))).ShouldSatisfyAllConditions(
            audit => audit.Violations.ShouldBe(2),
            audit => audit.Detail.ShouldBe("column email, a column that is not in the contract"));
        (await made.AuditAsync((audits, input) => audits.ReconcileAsync(input))).Audit.ShouldSatisfyAllConditions(
            audit => audit.Violations.ShouldBe(5),
            audit => audit.Detail.ShouldNotBeNull().Split(", ").ShouldContain("customer_trusted holds 2 rows instead of the expected 1"));
    }

    [Fact]
    public async Task Audit_OfPairsWhoseReadingsDidNotLand_CountsEachMissingReading()
    {
        var made = await BuiltLake.MakeAsync(lakes);
        await made.StageAsync(LandingSources.StepTrainer, """{"sensorreadingtime":1655000000999,"serialnumber":"d1","distancefromobject":10}""");

        var audit = await made.AuditAsync((audits, input) => audits.AuditPairsAsync(input));

        audit.ShouldBe(new("every pair is of one person at one instant", 1, 1, "1 without a step reading"));
    }

    [Fact]
    public async Task Audit_OfTrainingRowsWithoutPseudonyms_CountsTheirValues()
    {
        var made = await BuiltLake.MakeAsync(lakes);
        var columns = LakeContract.Table(LakeTables.MachineLearningCurated).WorkColumns;
        await made.Lake.InActivityAsync((TableBuilder tables) => tables.WriteAsync(
            made.Lake.Run, Guid.NewGuid(), LakeTables.MachineLearningCurated, LakeZones.Curated, columns, $"SELECT * FROM {SqlFile.Inline(columns, [SqlFile.Pair("jane@x", 1655000000200)])} t"));

        var audit = await made.AuditAsync((audits, input) => audits.AuditIdentifyingColumnsAsync(input));

        audit.ShouldBe(new("no column identifies anybody", 1, 1, "1 values that are not pseudonyms"));
    }

    /// <summary>A line about Jane, whose key has the file in it unless the line tells when it is about.</summary>
    [Theory]
    [InlineData("""{"serialnumber":"d1","registrationdate":"soon","email":"jane@x"}""")]
    [InlineData("""{"serialnumber":"d1","registrationdate":"soon","email":"jane@x","lastupdatedate":1655000000200}""")]
    public async Task Audit_WhenALineIsCleared_LeavesItOutOfTheText(string line)
    {
        var made = await BuiltLake.MakeAsync(lakes);
        string[] lines = ["""{"serialnumber":"d1","registrationdate":1655000000001,"sharewithresearchasofdate":1655000000100,"email":"jane@x"}""", line];
        await made.StageAsync(LandingSources.Customer, lines);
        (await made.AuditAsync((audits, input) => audits.AuditConsentAsync(input))).Passed.ShouldBeFalse();
        var staged = SqlNames.Qualified(made.Lake.Options.WorkDatabase, made.WorkTables["customer_staged"]);
        var key = (await made.Lake.QueryAsync($"SELECT line_key FROM {staged} WHERE rejected_line IS NOT NULL", "line_key")).ShouldHaveSingleItem();
        await made.Lake.PutAsync(ClearedLines.ObjectKey(key), $$"""{"line_key":"{{key}}"}""");
        await made.Lake.Catalog.RegisterAsync(made.Lake.Options.PrivateDatabase, ClearedLines.Definition(made.Lake.Options), CancellationToken.None);

        await made.StageAsync(LandingSources.Customer, lines);

        (await made.AuditAsync((audits, input) => audits.AuditConsentAsync(input))).ShouldBe(new("every row belongs to somebody whose consent allows it", 0, 6) { Tables = made.Digest });
    }

    private static Task<IReadOnlyList<string>> QueryAsync(BuiltLake made, string table, params string[] columns) =>
        made.Lake.QueryAsync($"SELECT {string.Join(", ", columns)} FROM {SqlNames.Qualified(made.Lake.Options.WorkDatabase, made.WorkTables[table])}", columns);
}
