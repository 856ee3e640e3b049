using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

public sealed class StepTrainerTrustedSqlTests(LocalLakes lakes)
{
    private static readonly object?[] Jane = Customer("jane@x", "Dev1", consent: 100);

    [Fact]
    public async Task Select_WithDevicesOfOthers_LeavesThemOut() =>
        (await RowsAsync(ConsentPolicy.Given, [Jane], Step("dev1", 200), Step("dev2", 200))).ShouldBe(["dev1|200|10"]);

    [Fact]
    public async Task Select_WithEqualReadings_KeepsOne() =>
        (await RowsAsync(ConsentPolicy.Given, [Jane], Step("dev1", 200), Step("DEV1 ", 200), Step("dev1", 200, file: "copied file"), Step("dev1", 200, distance: 11), Step("dev1", 201)))
            .ShouldBe(["DEV1 |200|10", "dev1|200|11", "dev1|201|10"], ignoreOrder: true);

    [Theory]
    [InlineData(50L)]
    [InlineData(null)]
    public async Task Select_WhenAnotherPersonClaimsTheDevice_LeavesItsReadingsOut(long? consentOfTheOther) =>
        (await RowsAsync(ConsentPolicy.Given, [Jane, Customer("john@x", "dev1 ", consentOfTheOther)], Step("dev1", 200))).ShouldBeEmpty();

    [Fact]
    public async Task Select_WhenTheOtherClaimWasRejected_LeavesItsReadingsOut() =>
        (await RowsAsync(ConsentPolicy.Given, [Jane, Customer("john@x", "dev1", consent: 50, rejected: true)], Step("dev1", 200))).ShouldBeEmpty();

    [Fact]
    public async Task Select_WhenTheOtherClaimWasCleared_KeepsTheReadings() =>
        (await RowsAsync(ConsentPolicy.Given, [Jane, Customer("john@x", "dev1", consent: 50, reason: "cleared line")], Step("dev1", 200))).Count.ShouldBe(1);

    [Fact]
    public async Task Select_WhenOnePersonHasSeveralRecordsOfTheDevice_KeepsTheReadings() =>
        (await RowsAsync(ConsentPolicy.Given, [Jane, Customer("JANE@x", "dev1", consent: 90, updated: 0)], Step("dev1", 200))).Count.ShouldBe(1);

    [Theory]
    [InlineData(ConsentPolicy.Given, "99", "100", "101")]
    [InlineData(ConsentPolicy.AtReading, "100", "101")]
    public async Task Select_WithReadingsAroundTheConsent_FollowsThePolicy(ConsentPolicy policy, params string[] instants) =>
        (await RowsAsync(policy, [Jane], Step("dev1", 99), Step("dev1", 100), Step("dev1", 101)))
            .Select(row => row.Split('|')[1]).ShouldBe(instants, ignoreOrder: true);

    [Fact]
    public async Task Select_WithARejectedReading_LeavesItOut() =>
        (await RowsAsync(ConsentPolicy.Given, [Jane], Step("dev1", 200, rejected: true))).ShouldBeEmpty();

    private Task<IReadOnlyList<string>> RowsAsync(ConsentPolicy policy, object?[][] landed, params object?[][] steps) =>
        new SqlFile(lakes, "Sensors/step_trainer_trusted.sql", policy)
            .Staged("customer", landed)
            .Staged("step_trainer", steps)
            .Made(LakeTables.CustomersCurated, Jane)
            .RowsAsync("serialnumber", "sensorreadingtime", "distancefromobject");
}
