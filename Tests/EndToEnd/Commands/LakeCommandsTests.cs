using System.Text.Json;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>The commands that are used after a run, each in a stack of its own.</summary>
public sealed class LakeCommandsTests(PublishedLake lake) : IClassFixture<PublishedLake>
{
    [Fact]
    public void Run_EndsItsReportWithNextCommands() =>
        lake.Report.ShouldEndWith("""
            What to type next
              stedi tables
              stedi sql "select * from machine_learning_curated limit 5"
              stedi --consent AtReading

            """);

    [Fact]
    public async Task Tables_AfterARun_ListsEveryTableWithAnExistingFolder()
    {
        var run = await RunAsync("tables", "--json");

        using var listing = JsonDocument.Parse(run.Output);
        listing.RootElement.GetProperty("snapshot").GetProperty("generation").GetInt64().ShouldBe(1);
        var tables = listing.RootElement.GetProperty("tables").EnumerateArray().ToList();
        tables.Count.ShouldBe(8);
        foreach (var table in tables)
        {
            Directory.Exists(table.GetProperty("path").GetString()).ShouldBeTrue();
            table.GetProperty("isCatalogued").GetBoolean().ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("insert into customer_trusted select * from customer_trusted")]
    [InlineData("drop table customer_trusted")]
    [InlineData("alter table customer_trusted set tblproperties ('a' = 'b')")]
    [InlineData("alter table customer_trusted set location 's3://stedi-lake/customer/landing/'")]
    [InlineData("create or replace view customer_trusted as select 1 as n")]
    [InlineData("create table mine with (external_location = 's3://stedi-lake/trusted/mine/') as select 1 as n")]
    [InlineData("unload (select 1 as n) to 's3://stedi-lake/curated/mine/' with (format = 'JSON')")]
    public async Task Sql_WhenItChangesAPublishedTable_EndsWithAMessageAndChangesNothing(string sql)
    {
        var before = await RunAsync("sql", "select count(*) as n, max(email) as m from customer_trusted", "--json");

        var run = await RunAsync("sql", sql);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Published tables and those of runs are changed by the pipeline only");
        before.ExitCode.ShouldBe(0, before.Error);
        (await RunAsync("sql", "select count(*) as n, max(email) as m from customer_trusted", "--json")).Output.ShouldBe(before.Output);
        (await RunAsync("tables", "--json")).Output.ShouldContain("customer_trusted");
    }

    [Fact]
    public async Task Sql_WhenItMakesATableOfItsOwn_Succeeds()
    {
        (await RunAsync("sql", "create table own with (external_location = 's3://stedi-lake/own/') as select email from customer_trusted")).ExitCode.ShouldBe(0);
        (await RunAsync("sql", "select count(*) from own")).ExitCode.ShouldBe(0);
        (await RunAsync("sql", "drop table own")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Show_WithoutRunId_ShowsStepsAndReportOfTheLatestRun()
    {
        var run = await RunAsync("show");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldMatch("^Run [0-9a-f-]+: completed\n");
        run.Output.ShouldContain("Make machine_learning_curated");
        run.Output.ShouldContain("Published snapshot 1");
    }

    [Fact]
    public async Task Show_WhenTheRunDoesNotExist_NamesIt()
    {
        var run = await RunAsync("show", "00000000-0000-4000-8000-000000000000");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("There is no run 00000000-0000-4000-8000-000000000000 of stedi-lakehouse.");
    }

    [Fact]
    public async Task Cancel_WhenNoRunIsOpen_SaysSo()
    {
        var run = await RunAsync("cancel");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldBe("error: No run is open.\n  `stedi show` shows how the last run ended.\n");
    }

    [Fact]
    public async Task Run_WhenNoStackIsUp_SaysHowToStartOne()
    {
        var run = await RunAsync("run");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Type `stedi up` in another terminal first, or `stedi` alone");
    }

    [Fact]
    public async Task Lineage_OfATable_TracesColumnsToLandingFiles()
    {
        var run = await RunAsync("lineage", "machine_learning_curated");

        run.Output.ShouldContain("""
            pseudonym
              from customers_curated.email (hmac_sha256 under the lake's key)
              from customer_trusted.email
              from customer_staged.email
            """);
        run.Output.ShouldContain("  from the files in accelerometer/landing/, field x\n");
    }

    [Fact]
    public async Task Lineage_WithMermaid_PrintsAFlowChart()
    {
        var run = await RunAsync("lineage", "customer_trusted", "--mermaid");

        run.Output.ShouldBe("""
            flowchart LR
                n0["customer/landing/"]
                n1["customer_landing"]
                n2["customer_staged"]
                n3["customer_trusted"]
                n0 --> n1
                n1 --> n2
                n2 --> n3

            """);
    }

    [Fact]
    public async Task Lineage_OfAnUnknownTable_ListsTheKnownOnes()
    {
        var run = await RunAsync("lineage", "nothing");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("made no table nothing.");
        run.Error.ShouldContain("machine_learning_curated");
    }

    [Fact]
    public async Task Doctor_OnAHealthyStack_PassesEveryCheck()
    {
        var run = await RunAsync("doctor");

        run.Output.ShouldNotContain("✗");
        run.Output.Split('\n').Count(line => line.StartsWith('✓')).ShouldBe(28);
        run.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Rollback_WhenThereIsNoEarlierSnapshot_SaysSo()
    {
        var run = await RunAsync("rollback");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("error: There is no earlier snapshot.");
        run.Error.ShouldContain("`stedi tables` shows what is published");
    }

    [Fact]
    public async Task Sql_WhenTheQueryIsInvalid_SaysWhyAndNamesTables()
    {
        var run = await RunAsync("sql", "select nothing from customer_trusted");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("COLUMN_NOT_FOUND");
        run.Error.ShouldContain("`stedi tables`");
    }

    [Fact]
    public async Task Generate_PrintsExpectedResultsAndOverwritesNothing()
    {
        var run = await RunAsync("generate", "made", "--scale", "0.01", "--malformed-lines", "--json");
        using var expected = JsonDocument.Parse(run.Output);
        expected.RootElement.GetProperty("landing").GetProperty("accelerometer").GetProperty("rejectedLines").GetInt64().ShouldBeGreaterThan(0);

        var again = await RunAsync("generate", "made");
        again.ExitCode.ShouldBe(1);
        again.Error.ShouldContain("The folder made is not empty.");
    }

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.InAsync(lake.Path, arguments);
}
