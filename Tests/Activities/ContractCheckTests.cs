using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Tests;

public sealed class ContractCheckTests
{
    private static readonly SourceContract Customer = LakeContract.Source("customer");

    [Fact]
    public void A_required_column_that_no_file_has_is_missing_and_an_optional_one_is_noted()
    {
        var crawled = Crawled(("serialnumber", "string"), ("email", "string"));

        ContractCheck.Missing(Customer, crawled).ShouldBe(["registrationdate"]);
        ContractCheck.Notes(Customer, crawled).ShouldContain("no file has the optional column sharewithresearchasofdate");
    }

    [Fact]
    public void Another_type_and_an_unknown_column_are_noted_and_a_small_integer_is_fine()
    {
        var step = LakeContract.Source("step_trainer");
        var notes = ContractCheck.Notes(step, Crawled(("sensorreadingtime", "string"), ("serialnumber", "string"), ("distancefromobject", "int"), ("firmware", "string")));

        notes.ShouldBe(["sensorreadingtime landed as string, the contract says bigint", "firmware is not in the contract and is left out"]);
    }

    [Fact]
    public void A_column_whose_name_may_be_data_is_counted_and_not_named()
    {
        var notes = ContractCheck.Notes(LakeContract.Source("step_trainer"), Crawled(
            ("sensorreadingtime", "bigint"), ("serialnumber", "string"), ("distancefromobject", "int"), ("jane@example.com", "string")));

        notes.ShouldBe(["1 more columns are not in the contract and are left out"]);
    }

    private static Table Crawled(params (string Name, string Type)[] columns) => new()
    {
        StorageDescriptor = new() { Columns = [.. columns.Select(column => new Column { Name = column.Name, Type = column.Type })] },
    };
}
