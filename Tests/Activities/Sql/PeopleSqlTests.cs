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
        Customer("john@x", "d", consent: null, updated: 20))).ShouldBe(["jane@x|6|NULL", "john@x|NULL|no consent"], ignoreOrder: true);

    [Fact]
    public async Task Person_WhenRecordsOfTheSameTimeDisagree_DoesNotConsent() => (await PeopleAsync(
        Customer("jane@x", "a", consent: 5, updated: 20),
        Customer("jane@x", "b", consent: null, updated: 20))).ShouldBe(["jane@x|NULL|no consent"]);

    [Fact]
    public async Task Person_WhenAllTimesTie_ConsentsSinceTheLaterDate() => (await PeopleAsync(
        Customer("jane@x", "a", consent: 5, updated: 20),
        Customer("jane@x", "b", consent: 6, updated: 20))).ShouldBe(["jane@x|6|NULL"]);

    /// <summary>Lines of one person, and why that person is withheld.</summary>
    public static TheoryData<object?[][], string> Withheld => new()
    {
        { [Customer("jane@x", "a", consent: 5, registered: null, updated: 20, rejected: true)], "consent record unreadable" },
        { [Customer("jane@x", "a", consent: 5, updated: 10), Customer("jane@x", "a", consent: null, updated: 20, rejected: true)], "consent record unreadable" },
        { [Customer("jane@x", "a", consent: 5, registered: 1, updated: 20), Customer("jane@x", "b", consent: null, registered: 30)], "undated withdrawal" },
        { [Customer("jane@x", "a", consent: null, updated: 20), Customer("jane@x", "a", consent: 5, updated: 30)], "earlier withdrawal" },
        { [Customer("jane@x", "a", consent: AsOf + 1, updated: 20)], "consent not yet in force" },
        { [Customer("jane@x", "a", consent: 5, updated: AsOf + 1)], "consent not yet in force" },
        { [Customer("jane@x", "a", consent: null, registered: 30)], "no consent" },
    };

    [Theory]
    [MemberData(nameof(Withheld))]
    public async Task Person_WhoIsWithheld_HasTheReason(object?[][] lines, string reason) =>
        (await PeopleAsync(lines)).ShouldBe([$"jane@x|NULL|{reason}"]);

    [Fact]
    public async Task Person_OfABlankOrClearedLineOnly_DoesNotExist() => (await PeopleAsync(
        Customer("jane@x", "a", consent: 5, reason: "blank line"),
        Customer("jane@x", "a", consent: 5, reason: "cleared line"))).ShouldBeEmpty();

    [Fact]
    public async Task Device_ClaimedBySeveralPeople_HasNoOwner() => (await new SqlFile(lakes, "Audit/devices.sql")
        .Staged(
            "customer",
            Customer("jane@x", "Shared", consent: 5),
            Customer("john@x", "shared ", consent: null),
            Customer("bob@x", "claimed", consent: 5),
            Customer("john@x", "claimed", consent: null, rejected: true),
            Customer("jane@x", "cleared", consent: 5),
            Customer("john@x", "cleared", consent: null, reason: "cleared line"),
            Customer("jane@x", "own", consent: 5),
            Customer("JANE@x", "OWN", consent: 4))
        .DefinedAsync("SELECT device, owner FROM device", "device", "owner")).ShouldBe(["shared|NULL", "claimed|NULL", "cleared|jane@x", "own|jane@x"], ignoreOrder: true);

    private Task<IReadOnlyList<string>> PeopleAsync(params object?[][] customers) => new SqlFile(lakes, "Audit/people.sql")
        .Staged("customer", customers)
        .DefinedAsync("SELECT person, since, reason FROM person", "person", "since", "reason");
}
