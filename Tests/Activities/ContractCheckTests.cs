using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Tests;

public sealed class ContractCheckTests
{
    private static readonly SourceContract Customer = LakeContract.Source("customer");

    [Fact]
    public void MissingAndNotes_WhenColumnsAreAbsent_ReportRequiredAndOptionalOnes()
    {
        var crawled = Crawled(("serialnumber", "string"), ("email", "string"));

        ContractCheck.Missing(Customer, crawled).ShouldBe(["registrationdate"]);
        ContractCheck.Notes(Customer, crawled).ShouldContain("no file has the optional column sharewithresearchasofdate");
    }

    [Fact]
    public void Notes_WithOtherTypeAndUnknownColumn_NameBothAndAcceptSmallInteger()
    {
        var step = LakeContract.Source("step_trainer");
        var notes = ContractCheck.Notes(step, Crawled(("sensorreadingtime", "string"), ("serialnumber", "string"), ("distancefromobject", "int"), ("firmware", "string")));

        notes.ShouldBe(["sensorreadingtime landed as string; the contract requires bigint", "firmware is not in the contract and is left out"]);
    }

    [Theory]
    [InlineData("timestamp", "int", true)]
    [InlineData("timestamp", "double", false)]
    [InlineData("x", "int", true)]
    [InlineData("x", "bigint", true)]
    [InlineData("x", "string", false)]
    public void Notes_WithANarrowerNumber_AcceptItAsItsContractType(string column, string type, bool isAccepted)
    {
        var notes = ContractCheck.Notes(LakeContract.Source("accelerometer"), Crawled(
            [("user", "string"), .. new[] { ("timestamp", "bigint"), ("x", "double"), ("y", "double"), ("z", "double") }.Select(known => known.Item1 == column ? (column, type) : known)]));

        notes.Any(note => note.StartsWith($"{column} landed as {type}", StringComparison.Ordinal)).ShouldBe(!isAccepted);
    }

    [Fact]
    public void Notes_WithSeveralUnknownColumns_ListThemInOrder()
    {
        var notes = ContractCheck.Notes(LakeContract.Source("step_trainer"), Crawled(
            ("sensorreadingtime", "bigint"), ("serialnumber", "string"), ("distancefromobject", "int"), ("b", "string"), ("a", "string")));

        notes.ShouldBe(["a is not in the contract and is left out", "b is not in the contract and is left out"]);
    }

    [Fact]
    public void Notes_WhenColumnNameMayBeData_CountItWithoutNamingIt()
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
