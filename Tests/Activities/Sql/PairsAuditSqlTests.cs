using Stedi.Temporal.Workflows.Contracts;
using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

[Trait("Speed", "Slow")]
public sealed class PairsAuditSqlTests(LocalLakes lakes)
{
    private static readonly string Jane = Pseudonym("jane@x");

    /// <summary>A pair, and how many step and accelerometer readings it lacks.</summary>
    public static TheoryData<object?[], int, int> BrokenPairs => new()
    {
        { Pair(Jane, 101), 1, 1 },
        { Pair(Jane, 100, distance: 11), 1, 0 },
        { Pair(Jane, 100, x: 9), 0, 1 },
        { Pair(Jane, 100, y: 9), 0, 1 },
        { Pair(Jane, 100, z: 9), 0, 1 },
        { Pair(Jane, 200), 1, 1 },
        { Pair(Jane, 300), 1, 1 },
        { Pair(Jane, 400, distance: 40), 1, 0 },
        { Pair(Pseudonym("john@x"), 100), 1, 1 },
        { Pair("jane@x", 100), 1, 1 },
    };

    [Fact]
    public async Task Audit_WithPairsOfLandedReadings_CountsNoneMissing() =>
        (await RowsAsync(Pair(Jane, 100), Pair(Jane, 100), Pair(Pseudonym("amy@x"), 200)))
            .ShouldBe(["all|3", "without a step reading|0", "without an accelerometer reading|0"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(BrokenPairs))]
    public async Task Audit_WithAPairOfReadingsThatDidNotLandForThatPerson_CountsWhatIsMissing(object?[] pair, int withoutStep, int withoutReading) =>
        (await RowsAsync(Pair(Jane, 100), pair))
            .ShouldBe(["all|2", $"without a step reading|{withoutStep}", $"without an accelerometer reading|{withoutReading}"], ignoreOrder: true);

    // At 100 Jane has both readings and John, who does not consent, too. At 200 Amy has both. At 300 Jane's were rejected.
    // At 400 Jane's step comes from a device that John claims as well.
    private Task<IReadOnlyList<string>> RowsAsync(params object?[][] pairs) => new SqlFile(lakes, "Audit/pairs.sql")
        .Staged(
            "customer",
            Customer("jane@x", "d1", consent: 5),
            Customer("john@x", "d2", consent: null),
            Customer("amy@x", "d3", consent: 5),
            Customer("jane@x", "shared", consent: 4, registered: 0),
            Customer("john@x", "shared", consent: null))
        .Staged("step_trainer", Step("D1", 100), Step("d2", 100), Step("d3", 200), Step("d1", 300, rejected: true), Step("shared", 400, distance: 40))
        .Staged("accelerometer", Reading("JANE@x", 100), Reading("john@x", 100), Reading("amy@x", 200), Reading("jane@x", 300, rejected: true), Reading("jane@x", 400))
        .Made(LakeTables.MachineLearningCurated, pairs)
        .RowsAsync("part", "n");
}
