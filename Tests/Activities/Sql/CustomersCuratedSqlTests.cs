using Stedi.Temporal.Workflows.Contracts;
using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

public sealed class CustomersCuratedSqlTests(LocalLakes lakes)
{
    [Fact]
    public async Task Select_WithManyReadingsOfACustomer_ReturnsTheCustomerOnce()
    {
        var rows = await new SqlFile(lakes, "Curation/customers_curated.sql")
            .Made(LakeTables.CustomerTrusted, Customer("Jane@x", "d1", consent: 5, updated: 9), Customer("john@x", "d2", consent: 6))
            .Made(LakeTables.AccelerometerTrusted, Reading(" jane@X", 1), Reading("jane@x", 2), Reading("jane@x", 3))
            .RowsAsync("serialnumber", "sharewithpublicasofdate", "birthday", "registrationdate", "sharewithresearchasofdate", "customername", "email", "lastupdatedate", "phone", "sharewithfriendsasofdate");

        rows.ShouldBe(["d1|NULL|1950-01-01|1|5|Jane|Jane@x|9|555|NULL"]);
    }

    [Fact]
    public async Task Select_WithoutReadings_ReturnsNothing() => (await new SqlFile(lakes, "Curation/customers_curated.sql")
        .Made(LakeTables.CustomerTrusted, Customer("jane@x", "d1", consent: 5))
        .RowsAsync("email")).ShouldBeEmpty();
}
