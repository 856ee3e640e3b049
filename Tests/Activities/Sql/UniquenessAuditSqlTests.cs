using Stedi.Temporal.Workflows.Contracts;
using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

public sealed class UniquenessAuditSqlTests(LocalLakes lakes)
{
    /// <summary>A table and two rows of it of which one is too many.</summary>
    public static TheoryData<string, object?[], object?[]> Duplicates => new()
    {
        { LakeTables.CustomerTrusted, Customer("jane@x", "d1", 5), Customer(" JANE@x", "d2", 6) },
        { LakeTables.CustomersCurated, Customer("jane@x", "d1", 5), Customer("Jane@x", "d2", 6) },
        { LakeTables.AccelerometerTrusted, Reading("jane@x", 1), Reading("JANE@x ", 1) },
        { LakeTables.StepTrainerTrusted, Step("d1", 1), Step("D1 ", 1) },
        { LakeTables.MachineLearningCurated, Pair("p", 1), Pair("p", 1) },
    };

    [Theory]
    [MemberData(nameof(Duplicates))]
    public async Task Audit_WithADuplicate_CountsTheRowsBeyondTheFirst(string table, object?[] first, object?[] second)
    {
        (await RowsAsync(table, first, second)).ShouldBe(LakeTables.All.Select(made => made == table ? $"{made}|2|1" : $"{made}|0|0"), ignoreOrder: true);
        (await RowsAsync(table, first, second, first)).ShouldContain($"{table}|3|2");
    }

    [Fact]
    public async Task Audit_WithRowsThatDifferInOneColumn_CountsNone()
    {
        var rows = await new SqlFile(lakes, "Audit/uniqueness.sql")
            .Made(LakeTables.CustomerTrusted, Customer("jane@x", "d1", 5), Customer("john@x", "d1", 5))
            .Made(LakeTables.CustomersCurated, Customer("jane@x", "d1", 5), Customer("john@x", "d1", 5))
            .Made(LakeTables.AccelerometerTrusted, Reading("a", 1), Reading("b", 1), Reading("a", 2), Reading("a", 1, x: 9), Reading("a", 1, y: 9), Reading("a", 1, z: 9))
            .Made(LakeTables.StepTrainerTrusted, Step("a", 1), Step("b", 1), Step("a", 2), Step("a", 1, distance: 9))
            .Made(LakeTables.MachineLearningCurated, Pair("a", 1), Pair("b", 1), Pair("a", 2), Pair("a", 1, distance: 9), Pair("a", 1, x: 9), Pair("a", 1, y: 9), Pair("a", 1, z: 9))
            .RowsAsync("made", "checked", "violations");

        rows.ShouldBe(
            ["customer_trusted|2|0", "customers_curated|2|0", "accelerometer_trusted|6|0", "step_trainer_trusted|4|0", "machine_learning_curated|7|0"],
            ignoreOrder: true);
    }

    private Task<IReadOnlyList<string>> RowsAsync(string table, params object?[][] rows) =>
        new SqlFile(lakes, "Audit/uniqueness.sql").Made(table, rows).RowsAsync("made", "checked", "violations");
}
