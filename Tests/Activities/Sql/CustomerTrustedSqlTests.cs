using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

public sealed class CustomerTrustedSqlTests(LocalLakes lakes)
{
    [Fact]
    public async Task Select_WithOneConsentingRecord_CarriesAllColumns()
    {
        var file = new SqlFile(lakes, "Consent/customer_trusted.sql")
            .Staged("customer", ["Dev1", 7L, "1950-01-01", 1L, 5L, "Jane", "Jane@X.com", 9L, "555", 8L, .. Customer("Jane@X.com", "Dev1", consent: 5, updated: 9)[10..]]);

        var rows = await file.RowsAsync("serialnumber", "sharewithpublicasofdate", "birthday", "registrationdate", "sharewithresearchasofdate", "customername", "email", "lastupdatedate", "phone", "sharewithfriendsasofdate", "person", "device");

        rows.ShouldBe(["Dev1|7|1950-01-01|1|5|Jane|Jane@X.com|9|555|8|jane@x.com|dev1"]);
    }

    [Fact]
    public async Task Select_WhenAPersonHasSeveralRecords_KeepsTheLatest() => (await RowsAsync(
        Customer("jane@x", "old", consent: 5, updated: 10),
        Customer("jane@x", "new", consent: 6, updated: 20),
        Customer("jane@x", "older", consent: 7, updated: 9))).ShouldBe(["jane@x|new|6"]);

    [Fact]
    public async Task Select_WhenTheLatestRecordWithdraws_LeavesThePersonOut() => (await RowsAsync(
        Customer("jane@x", "d", consent: 5, updated: 10),
        Customer("jane@x", "d", consent: null, updated: 20))).ShouldBeEmpty();

    [Fact]
    public async Task Select_WithoutAConsentDate_LeavesThePersonOut() =>
        (await RowsAsync(Customer("jane@x", "d", consent: null))).ShouldBeEmpty();

    [Theory]
    [InlineData(AsOf + 1, 20L)]
    [InlineData(5L, AsOf + 1)]
    public async Task Select_WhenTheConsentIsNotYetInForce_KeepsTheOlderOne(long consent, long updated) => (await RowsAsync(
        Customer("jane@x", "new", consent, updated: updated),
        Customer("jane@x", "old", consent: 4, updated: 10))).ShouldBe(["jane@x|old|4"]);

    [Fact]
    public async Task Select_WhenARefusalIsDatedAfterTheRun_ItCountsAtOnce() => (await RowsAsync(
        Customer("jane@x", "d", consent: 5, updated: 10),
        Customer("jane@x", "d", consent: null, updated: AsOf + 1))).ShouldBeEmpty();

    [Fact]
    public async Task Select_WithAnUndatedRefusal_WithholdsThePersonWhoHasAConsent() => (await RowsAsync(
        Customer("jane@x", "d", consent: 5, registered: 30),
        Customer("jane@x", "d", consent: null, registered: 1))).ShouldBeEmpty();

    [Fact]
    public async Task Select_WhenAConsentIsDatedBeforeAnEarlierRefusal_DoesNotCountIt() => (await RowsAsync(
        Customer("jane@x", "d", consent: 5, updated: 10),
        Customer("jane@x", "d", consent: null, updated: 20),
        Customer("jane@x", "d", consent: 5, updated: 30),
        Customer("amy@x", "e", consent: null, updated: 20),
        Customer("amy@x", "e", consent: 20, updated: 30))).ShouldBe(["amy@x|e|20"]);

    [Fact]
    public async Task Select_WithoutALastUpdate_OrdersByTheRegistration() => (await RowsAsync(
        Customer("jane@x", "updated", consent: 5, registered: 1, updated: 20),
        Customer("jane@x", "registered", consent: 6, registered: 30))).ShouldBe(["jane@x|registered|6"]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Select_WhenRecordsOfTheSameTimeDisagree_TheWithdrawalWins(bool reversed)
    {
        object?[][] records = [Customer("jane@x", "a", consent: 5, updated: 20), Customer("jane@x", "b", consent: null, updated: 20)];

        (await RowsAsync(reversed ? [.. records.Reverse()] : records)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Select_WhenLastUpdatesTie_TheRegistrationDecidesNothing() => (await RowsAsync(
        Customer("jane@x", "first", consent: null, registered: 1, updated: 20),
        Customer("jane@x", "second", consent: 6, registered: 2, updated: 20))).ShouldBeEmpty();

    [Fact]
    public async Task Select_WhenAllTimesTie_TheLaterConsentWins() => (await RowsAsync(
        Customer("jane@x", "a", consent: 5, updated: 20),
        Customer("jane@x", "b", consent: 6, updated: 20))).ShouldBe(["jane@x|b|6"]);

    [Fact]
    public async Task Select_WhenOnlyTheDeviceDiffers_PicksTheGreatest() => (await RowsAsync(
        Customer("jane@x", "b", consent: 5),
        Customer("jane@x", "a", consent: 5))).ShouldBe(["jane@x|b|5"]);

    [Fact]
    public async Task Select_WhenAddressesDifferInCaseAndBlanks_TreatsThemAsOnePerson() => (await RowsAsync(
        Customer("jane@x", "d", consent: 5, updated: 10),
        Customer(" JANE@x ", "d", consent: null, updated: 20),
        Customer("john@x", "e", consent: 7))).ShouldBe(["john@x|e|7"]);

    [Theory]
    [InlineData(20L, null, false)] // It may be a later withdrawal.
    [InlineData(20L, 6L, true)] // It gives a consent itself.
    [InlineData(20L, AsOf + 1, false)] // Its consent is not yet in force.
    [InlineData(9L, null, true)] // A later record says what holds now.
    [InlineData(10L, null, false)] // No later record does.
    [InlineData(null, null, false)] // Nobody can tell when it was.
    public async Task Select_WithARejectedLineOfAPerson_WithholdsThemUnlessItIsHarmless(long? updated, long? consent, bool isKept) => (await RowsAsync(
        Customer("jane@x", "d", consent: 10, updated: 10),
        Customer("jane@x", "d", consent, registered: null, updated: updated, rejected: true))).Count.ShouldBe(isKept ? 1 : 0);

    [Fact]
    public async Task Select_WhenARejectedLineIsAnEarlierRefusal_DoesNotCountOlderConsents() => (await RowsAsync(
        Customer("jane@x", "d", consent: 5, updated: 30),
        Customer("jane@x", "d", consent: null, registered: null, updated: 20, rejected: true),
        Customer("amy@x", "e", consent: 5, updated: 30),
        Customer("amy@x", "e", consent: null, registered: null, updated: 20, rejected: true, statesConsent: true))).ShouldBe(["amy@x|e|5"]);

    [Theory]
    [InlineData("blank line")]
    [InlineData("cleared line")]
    public async Task Select_WithAClearedLine_IgnoresIt(string reason) => (await RowsAsync(
        Customer("jane@x", "d", consent: 5, updated: 10),
        Customer("jane@x", "d", consent: null, updated: 20, reason: reason))).ShouldBe(["jane@x|d|5"]);

    private Task<IReadOnlyList<string>> RowsAsync(params object?[][] customers) =>
        new SqlFile(lakes, "Consent/customer_trusted.sql").Staged("customer", customers).RowsAsync("email", "serialnumber", "sharewithresearchasofdate");
}
