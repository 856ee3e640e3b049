using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

public sealed class AccelerometerTrustedSqlTests(LocalLakes lakes)
{
    [Fact]
    public async Task Select_WithReadingsOfUnknownCustomers_LeavesThemOut() =>
        (await RowsAsync(ConsentPolicy.Given, Reading("jane@x", 200), Reading("john@x", 200))).ShouldBe(["jane@x|200|1.0|2.0|3.0"]);

    [Fact]
    public async Task Select_WithEqualReadings_KeepsOne() => (await RowsAsync(
        ConsentPolicy.Given,
        Reading("jane@x", 200),
        Reading("jane@x", 200, file: "copied file"),
        Reading("JANE@x ", 200))).ShouldBe(["JANE@x |200|1.0|2.0|3.0"]);

    [Fact]
    public async Task Select_WithDifferentReadingsOfOneInstant_KeepsAll() => (await RowsAsync(
        ConsentPolicy.Given,
        Reading("jane@x", 200),
        Reading("jane@x", 200, x: -1),
        Reading("jane@x", 200, y: -1),
        Reading("jane@x", 200, z: -1),
        Reading("jane@x", 201))).ShouldBe(
        ["jane@x|200|1.0|2.0|3.0", "jane@x|200|-1.0|2.0|3.0", "jane@x|200|1.0|-1.0|3.0", "jane@x|200|1.0|2.0|-1.0", "jane@x|201|1.0|2.0|3.0"], ignoreOrder: true);

    [Theory]
    [InlineData(ConsentPolicy.Given, "99", "100", "101")]
    [InlineData(ConsentPolicy.AtReading, "100", "101")]
    public async Task Select_WithReadingsAroundTheConsent_FollowsThePolicy(ConsentPolicy policy, params string[] instants) =>
        (await RowsAsync(policy, Reading("jane@x", 99), Reading("jane@x", 100), Reading("jane@x", 101)))
            .Select(row => row.Split('|')[1]).ShouldBe(instants, ignoreOrder: true);

    [Fact]
    public async Task Select_WithARejectedReading_LeavesItOut() =>
        (await RowsAsync(ConsentPolicy.Given, Reading("jane@x", 200, rejected: true))).ShouldBeEmpty();

    private Task<IReadOnlyList<string>> RowsAsync(ConsentPolicy policy, params object?[][] readings) =>
        new SqlFile(lakes, "Consent/accelerometer_trusted.sql", policy)
            .Staged("accelerometer", readings)
            .Made(LakeTables.CustomerTrusted, Customer("Jane@x", "d", consent: 100))
            .RowsAsync("user", "timestamp", "x", "y", "z");
}
