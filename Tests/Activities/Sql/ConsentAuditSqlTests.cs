using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

[Trait("Speed", "Slow")]
public sealed class ConsentAuditSqlTests(LocalLakes lakes)
{
    private static readonly object?[] Jane = Customer("jane@x", "d1", consent: 100);
    private static readonly object?[] John = Customer("john@x", "d2", consent: null);

    /// <summary>A table, a row of it that nobody's consent allows, and the policy under which that is so.</summary>
    public static TheoryData<string, object?[], ConsentPolicy> Violations => new()
    {
        { LakeTables.CustomerTrusted, John, ConsentPolicy.Given },
        { LakeTables.CustomerTrusted, Customer("stranger@x", "d9", consent: 100), ConsentPolicy.Given },
        { LakeTables.CustomerTrusted, Customer("jane@x", "d1", consent: 99), ConsentPolicy.Given },
        { LakeTables.CustomerTrusted, Customer("jane@x", "d1", consent: null), ConsentPolicy.Given },
        { LakeTables.AccelerometerTrusted, Reading("john@x", 200), ConsentPolicy.Given },
        { LakeTables.AccelerometerTrusted, Reading("stranger@x", 200), ConsentPolicy.Given },
        { LakeTables.AccelerometerTrusted, Reading("jane@x", 99), ConsentPolicy.AtReading },
        { LakeTables.CustomersCurated, John, ConsentPolicy.Given },
        { LakeTables.CustomersCurated, Customer("jane@x", "d1", consent: 99), ConsentPolicy.Given },
        { LakeTables.StepTrainerTrusted, Step("d2", 200), ConsentPolicy.Given },
        { LakeTables.StepTrainerTrusted, Step("d9", 200), ConsentPolicy.Given },
        { LakeTables.StepTrainerTrusted, Step("shared", 200), ConsentPolicy.Given },
        { LakeTables.StepTrainerTrusted, Step("d1", 99), ConsentPolicy.AtReading },
        { LakeTables.MachineLearningCurated, Pair(Pseudonym("john@x"), 200), ConsentPolicy.Given },
        { LakeTables.MachineLearningCurated, Pair("jane@x", 200), ConsentPolicy.Given },
        { LakeTables.MachineLearningCurated, Pair(Pseudonym("jane@x"), 99), ConsentPolicy.AtReading },
    };

    [Theory]
    [InlineData(ConsentPolicy.Given, 99)]
    [InlineData(ConsentPolicy.AtReading, 100)]
    public async Task Audit_WithRowsThatConsentAllows_CountsNoViolation(ConsentPolicy policy, long earliest)
    {
        var rows = await File(policy)
            .Made(LakeTables.CustomerTrusted, Jane)
            .Made(LakeTables.AccelerometerTrusted, Reading(" JANE@x", earliest), Reading("jane@x", 200))
            .Made(LakeTables.CustomersCurated, Jane)
            .Made(LakeTables.StepTrainerTrusted, Step("D1 ", earliest))
            .Made(LakeTables.MachineLearningCurated, Pair(Pseudonym("jane@x"), earliest))
            .RowsAsync("made", "checked", "violations");

        rows.ShouldBe(
            ["customer_trusted|1|0", "accelerometer_trusted|2|0", "customers_curated|1|0", "step_trainer_trusted|1|0", "machine_learning_curated|1|0"],
            ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task Audit_WithARowThatNoConsentAllows_CountsIt(string table, object?[] row, ConsentPolicy policy)
    {
        var rows = await File(policy).Made(table, row).RowsAsync("made", "checked", "violations");

        rows.ShouldBe(LakeTables.All.Select(made => made == table ? $"{made}|1|1" : $"{made}|0|0"), ignoreOrder: true);
    }

    /// <summary>What landed of Jane, of whom two consenting lines were staged.</summary>
    public static TheoryData<string[], long> Texts => new()
    {
        { [Line(10, "100"), Line(20, "100")], 0 },
        { [Line(10, "100"), Line(20, "100.0")], 0 },
        { [Line(10, "100"), Line(20, "\"100\"")], 0 },
        { [Line(10, "100"), Line(20, "1000e-1")], 0 },
        { [Line(10, "100"), Line(20, "\"\\u00310\\u0030\"")], 0 },
        { [Line(10, "100"), Line(20, "100", first: """
            "old":{"serialNumber":"d2","LastUpdateDate":"5","more":[{"shareWithResearchAsOfDate":7,"a":"}]"}],"registrationDate":9},
            """)], 0 },
        { [Line(10, "100"), Line(20, "100", first: """ "note":"{\"lastUpdateDate\":5,[", """)], 0 },
        // Staging lost a line.
        { [Line(10, "100"), Line(20, "100"), Line(5, "100")], 1 },
        { [Line(10, "100"), Line(20, "100") + Line(30, "null")], 1 },
        // Staging read a consent where there is none.
        { [Line(10, "100"), Line(20, "null", first: """ "old":{"shareWithResearchAsOfDate":100}, """)], 1 },
        { [Line(10, "100"), Line(20, "null")], 1 },
        { [Line(10, "100"), Line(20, "\"\uFF11\uFF10\uFF10\"")], 1 },
        { [Line(10, "100"), Line(20, "\"2022-06-18\"")], 1 },
        // Staging took a line for another person's.
        { [Line(10, "100"), Line(20, "100").Replace("jane@x", "jane@y", StringComparison.Ordinal)], 1 },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Audit_WhenTheTextSaysAnotherThanStaging_CountsIt(string[] lines, long violations)
    {
        var rows = await new SqlFile(lakes, "Audit/consent.sql")
            .Staged("customer", Customer("jane@x", "d1", consent: 100, updated: 10), Customer("jane@x", "d1", consent: 100, updated: 20))
            .LandedText(lines)
            .Made(LakeTables.CustomerTrusted, Jane)
            .RowsAsync("made", "checked", "violations");

        rows.ShouldContain($"customer_trusted|1|{violations}");
    }

    [Theory]
    [InlineData("\"A,1\"", "a,1")]
    [InlineData("\"{3f25-04e0}\"", "{3f25-04e0}")]
    [InlineData("\"\\u0041-1\"", "a-1")]
    [InlineData("\"null\"", "null")]
    [InlineData("5551\t", "5551")]
    public async Task Audit_OfASerialNumberInAnySpelling_FindsItsOwner(string json, string device)
    {
        var rows = await new SqlFile(lakes, "Audit/consent.sql")
            .Staged("customer", Customer("jane@x", device, consent: 100, updated: 10))
            .LandedText(Line(10, "100").Replace("\"d1\"", json, StringComparison.Ordinal), """{"email":"john@x","serialNumber":null}""")
            .Made(LakeTables.StepTrainerTrusted, Step(device, 200))
            .RowsAsync("made", "checked", "violations");

        rows.ShouldContain("step_trainer_trusted|1|0");
    }

    private static string Line(long updated, string consent, string first = "") =>
        $$"""{{{first.Trim()}}"serialNumber":"d1","registrationDate":1,"shareWithResearchAsOfDate":{{consent}},"email":"jane@x","lastUpdateDate":{{updated}}}""";

    private SqlFile File(ConsentPolicy policy) => new SqlFile(lakes, "Audit/consent.sql", policy)
        .Staged("customer", Jane, John, Customer("jane@x", "shared", consent: 90, registered: 0), Customer("john@x", "shared", consent: null));
}
