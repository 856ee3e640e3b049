using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

public sealed class CustomerTrustedSqlTests(LocalLakes lakes)
{
    [Fact]
    public async Task Select_WithOneConsentingRecord_CarriesAllColumns()
    {
        var file = new SqlFile(lakes, "Consent/customer_trusted.sql")
            .Staged("customer", ["dev1", 7L, "1950-01-01", 1L, 5L, "Jane", "Jane@X.com", 9L, "555", 8L, "file", null]);

        var rows = await file.RowsAsync("serialnumber", "sharewithpublicasofdate", "birthday", "registrationdate", "sharewithresearchasofdate", "customername", "email", "lastupdatedate", "phone", "sharewithfriendsasofdate");

        rows.ShouldBe(["dev1|7|1950-01-01|1|5|Jane|Jane@X.com|9|555|8"]);
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

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public async Task Select_WithoutAConsentDate_LeavesThePersonOut(long? consent) =>
        (await RowsAsync(Customer("jane@x", "d", consent))).ShouldBeEmpty();

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
    public async Task Select_WhenLastUpdatesTie_TheLaterRegistrationWins() => (await RowsAsync(
        Customer("jane@x", "first", consent: null, registered: 1, updated: 20),
        Customer("jane@x", "second", consent: 6, registered: 2, updated: 20))).ShouldBe(["jane@x|second|6"]);

    [Fact]
    public async Task Select_WhenAllTimesTie_TheLaterConsentWins() => (await RowsAsync(
        Customer("jane@x", "a", consent: 5, updated: 20),
        Customer("jane@x", "b", consent: 6, updated: 20))).ShouldBe(["jane@x|b|6"]);

    [Fact]
    public async Task Select_WhenOnlyTheDeviceDiffers_PicksTheSmallestSerialNumber() => (await RowsAsync(
        Customer("jane@x", "b", consent: 5),
        Customer("jane@x", "a", consent: 5))).ShouldBe(["jane@x|a|5"]);

    [Fact]
    public async Task Select_WhenAddressesDifferInCaseAndBlanks_TreatsThemAsOnePerson() => (await RowsAsync(
        Customer("jane@x", "d", consent: 5, updated: 10),
        Customer(" JANE@x ", "d", consent: null, updated: 20),
        Customer("john@x", "e", consent: 7))).ShouldBe(["john@x|e|7"]);

    [Fact]
    public async Task Select_WithARejectedWithdrawal_IgnoresIt() => (await RowsAsync(
        Customer("jane@x", "d", consent: 5, updated: 10),
        Customer("jane@x", "d", consent: null, updated: 20, rejected: true))).ShouldBe(["jane@x|d|5"]);

    private Task<IReadOnlyList<string>> RowsAsync(params object?[][] customers) =>
        new SqlFile(lakes, "Consent/customer_trusted.sql").Staged("customer", customers).RowsAsync("email", "serialnumber", "sharewithresearchasofdate");
}
