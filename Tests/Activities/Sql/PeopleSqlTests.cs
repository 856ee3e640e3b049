using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

/// <summary>The audits' own account of consent and ownership must follow the same rules as the tables.</summary>
public sealed class PeopleSqlTests(LocalLakes lakes)
{
    [Fact]
    public async Task Person_WithSeveralRecords_ConsentsAsTheLatestSays() => (await PeopleAsync(
        Customer("jane@x", "a", consent: 5, updated: 10),
        Customer(" JANE@x", "b", consent: 6, updated: 20),
        Customer("john@x", "c", consent: 7, updated: 10),
        Customer("john@x", "d", consent: null, updated: 20))).ShouldBe(["jane@x|6", "john@x|NULL"], ignoreOrder: true);

    [Fact]
    public async Task Person_WhenRecordsOfTheSameTimeDisagree_DoesNotConsent() => (await PeopleAsync(
        Customer("jane@x", "a", consent: 5, updated: 20),
        Customer("jane@x", "b", consent: 0, updated: 20))).ShouldBe(["jane@x|NULL"]);

    [Fact]
    public async Task Person_WhenLastUpdatesTie_FollowsTheLaterRegistration() => (await PeopleAsync(
        Customer("jane@x", "a", consent: null, registered: 1, updated: 20),
        Customer("jane@x", "b", consent: 6, registered: 2, updated: 20))).ShouldBe(["jane@x|6"]);

    [Fact]
    public async Task Person_WhenAllTimesTie_ConsentsSinceTheLaterDate() => (await PeopleAsync(
        Customer("jane@x", "a", consent: 5, updated: 20),
        Customer("jane@x", "b", consent: 6, updated: 20))).ShouldBe(["jane@x|6"]);

    [Fact]
    public async Task Person_WithoutALastUpdate_IsOrderedByTheRegistration() => (await PeopleAsync(
        Customer("jane@x", "a", consent: 5, registered: 1, updated: 20),
        Customer("jane@x", "b", consent: null, registered: 30))).ShouldBe(["jane@x|NULL"]);

    [Fact]
    public async Task Person_WithARejectedRecordOnly_DoesNotExist() =>
        (await PeopleAsync(Customer("jane@x", "a", consent: 5, rejected: true))).ShouldBeEmpty();

    [Fact]
    public async Task Device_ClaimedBySeveralPeople_HasNoOwner() => (await new SqlFile(lakes, "Audit/people.sql")
        .Staged(
            "customer",
            Customer("jane@x", "Shared", consent: 5),
            Customer("john@x", "shared ", consent: null),
            Customer("jane@x", "own", consent: 5),
            Customer("JANE@x", "OWN", consent: 4))
        .PeopleAsync("SELECT device, owner FROM device", "device", "owner")).ShouldBe(["shared|NULL", "own|jane@x"], ignoreOrder: true);

    private Task<IReadOnlyList<string>> PeopleAsync(params object?[][] customers) => new SqlFile(lakes, "Audit/people.sql")
        .Staged("customer", customers)
        .PeopleAsync("SELECT person, since FROM person", "person", "since");
}
