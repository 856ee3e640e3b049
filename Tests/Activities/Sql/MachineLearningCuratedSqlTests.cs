using Stedi.Temporal.Workflows.Contracts;
using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

public sealed class MachineLearningCuratedSqlTests(LocalLakes lakes)
{
    private static readonly string Jane = Pseudonym("jane@x");
    private static readonly string John = Pseudonym("john@x");

    [Fact]
    public async Task Join_WithTwoPeopleAtOneInstant_PairsEachWithThemselves() => (await RowsAsync(
        [Step("d1", 100, distance: 1), Step("D2 ", 100, distance: 2)],
        [Reading("jane@x", 100, x: 10), Reading("JOHN@x", 100, x: 20)])).ShouldBe([$"{Jane}|100|1|10.0", $"{John}|100|2|20.0"], ignoreOrder: true);

    [Fact]
    public async Task Join_WithSeveralReadingsOfOneInstant_PairsAllOfThem() => (await RowsAsync(
        [Step("d1", 100, distance: 1), Step("d1", 100, distance: 2)],
        [Reading("jane@x", 100, x: 10), Reading("jane@x", 100, x: 20)])).ShouldBe(
        [$"{Jane}|100|1|10.0", $"{Jane}|100|1|20.0", $"{Jane}|100|2|10.0", $"{Jane}|100|2|20.0"], ignoreOrder: true);

    [Fact]
    public async Task Join_WithReadingsOfDifferentInstants_ReturnsNothing() =>
        (await RowsAsync([Step("d1", 100)], [Reading("jane@x", 101)])).ShouldBeEmpty();

    [Fact]
    public async Task Join_WithADeviceOfNoCustomer_ReturnsNothing() =>
        (await RowsAsync([Step("d3", 100)], [Reading("jane@x", 100)])).ShouldBeEmpty();

    private Task<IReadOnlyList<string>> RowsAsync(object?[][] steps, object?[][] readings) =>
        new SqlFile(lakes, "Sensors/machine_learning_curated.sql")
            .Made(LakeTables.CustomersCurated, Customer(" Jane@X", "D1", consent: 5), Customer("john@x", "d2", consent: 5))
            .Made(LakeTables.StepTrainerTrusted, steps)
            .Made(LakeTables.AccelerometerTrusted, readings)
            .RowsAsync("pseudonym", "sensorreadingtime", "distancefromobject", "x");
}
