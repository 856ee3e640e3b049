using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

public sealed class ReconciliationAuditSqlTests(LocalLakes lakes)
{
    [Fact]
    public async Task Reconcile_WithEveryReasonToLeaveARowOut_CountsEachOnce()
    {
        var jane = Customer("jane@x", "d1", consent: 100, updated: 20);
        var amy = Customer("amy@x", "d3", consent: 100);
        var bob = Customer("bob@x", "d4", consent: 100);
        var dan = Customer("dan@x", "d6", consent: 100, updated: 20);

        var rows = await new SqlFile(lakes, "Audit/reconciliation.sql")
            .Staged(
                "customer",
                jane,
                Customer("JANE@x", "d1", consent: 90, updated: 10),
                Customer("john@x", "d2", consent: null),
                amy,
                bob,
                Customer("carl@x", "d4", consent: null),
                dan,
                Customer("dan@x", "d5", consent: 90, updated: 10),
                Customer("eve@x", "d7", consent: 100, rejected: true))
            .Staged(
                "accelerometer",
                Reading("jane@x", 200),
                Reading("JANE@x", 200),
                Reading("jane@x", 50),
                Reading("dan@x", 200),
                Reading("john@x", 200),
                Reading("stranger@x", 200),
                Reading("jane@x", 300, rejected: true))
            .Staged(
                "step_trainer",
                Step("d1", 200),
                Step("D1", 200),
                Step("d1", 300),
                Step("d2", 200),
                Step("d3", 200),
                Step("d4", 200),
                Step("d5", 200),
                Step("d9", 200),
                Step("d9", 201),
                Step("d1", 400, rejected: true))
            .Made(LakeTables.CustomerTrusted, jane, amy, bob, dan)
            .Made(LakeTables.AccelerometerTrusted, Reading("jane@x", 200), Reading("jane@x", 50), Reading("dan@x", 200))
            .Made(LakeTables.CustomersCurated, jane, dan)
            .Made(LakeTables.StepTrainerTrusted, Step("d1", 200), Step("d1", 300))
            .Made(LakeTables.MachineLearningCurated, Pair("p", 200))
            .RowsAsync("made", "outcome", "n", "landed");

        rows.ShouldBe(
            [
                "customer_trusted|kept|4|4",
                "customer_trusted|consent record unreadable|1|1",
                "customer_trusted|no consent|2|2",
                "customer_trusted|older record|2|2",
                "customer_trusted|in the table|4|0",
                "accelerometer_trusted|kept|3|4",
                "accelerometer_trusted|no consent|1|1",
                "accelerometer_trusted|unknown person|1|1",
                "accelerometer_trusted|in the table|3|0",
                "customers_curated|kept|2|2",
                "customers_curated|no trusted readings|2|2",
                "customers_curated|in the table|2|0",
                "step_trainer_trusted|kept|2|3",
                "step_trainer_trusted|no consent|1|1",
                "step_trainer_trusted|owner without app readings|1|1",
                "step_trainer_trusted|ambiguous device|1|1",
                "step_trainer_trusted|former device|1|1",
                "step_trainer_trusted|unknown device|2|2",
                "step_trainer_trusted|in the table|2|0",
                "machine_learning_curated|kept|1|0",
                "machine_learning_curated|no partner: step reading|1|0",
                "machine_learning_curated|no partner: accelerometer reading|2|0",
                "machine_learning_curated|in the table|1|0",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData(ConsentPolicy.Given, "kept|2|2")]
    [InlineData(ConsentPolicy.AtReading, "kept|1|1", "before consent|1|1")]
    public async Task Reconcile_WithReadingsAroundTheConsent_FollowsThePolicy(ConsentPolicy policy, params string[] outcomes)
    {
        var jane = Customer("jane@x", "d1", consent: 100);

        var rows = await new SqlFile(lakes, "Audit/reconciliation.sql", policy)
            .Staged("customer", jane)
            .Staged("accelerometer", Reading("jane@x", 99), Reading("jane@x", 100))
            .Staged("step_trainer", Step("d1", 99), Step("d1", 100))
            .Made(LakeTables.CustomerTrusted, jane)
            .Made(LakeTables.CustomersCurated, jane)
            .RowsAsync("made", "outcome", "n", "landed");

        foreach (var table in (string[])[LakeTables.AccelerometerTrusted, LakeTables.StepTrainerTrusted])
        {
            rows.Where(row => row.StartsWith(table, StringComparison.Ordinal))
                .ShouldBe([.. outcomes.Select(outcome => $"{table}|{outcome}"), $"{table}|in the table|0|0"], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Reconcile_WithSeveralReadingsAtOneInstant_ExpectsEveryCombination()
    {
        var jane = Customer("jane@x", "d1", consent: 100);

        var rows = await new SqlFile(lakes, "Audit/reconciliation.sql")
            .Made(LakeTables.CustomersCurated, jane)
            .Made(LakeTables.AccelerometerTrusted, Reading("jane@x", 1), Reading("JANE@x", 1, x: 9))
            .Made(LakeTables.StepTrainerTrusted, Step("d1", 1), Step("D1", 1, distance: 9), Step("d1", 1, distance: 8))
            .RowsAsync("made", "outcome", "n", "landed");

        rows.ShouldContain("machine_learning_curated|kept|6|0");
    }
}
