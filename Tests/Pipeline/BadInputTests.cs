using Microsoft.Extensions.DependencyInjection;
using Stedi.DevStack.Landing;
using Stedi.DevStack.Landing.Truth;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Tests.Pipeline;

/// <summary>What lands wrong is counted, named and set aside, and changes nothing else; the generator knows each outcome.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData(LandingDefects.MalformedLines)]
    [InlineData(LandingDefects.CutOffLines)]
    [InlineData(LandingDefects.InvalidUtf8)]
    [InlineData(LandingDefects.NotANumber)]
    [InlineData(LandingDefects.EmptyFiles | LandingDefects.ForeignFiles)]
    [InlineData(LandingDefects.CarriageReturns)]
    [InlineData(LandingDefects.Gzip)]
    [InlineData(LandingDefects.DuplicatePeople | LandingDefects.SharedDevices | LandingDefects.Orphans)]
    [InlineData(LandingDefects.NumbersAsStrings | LandingDefects.OtherKeyCases | LandingDefects.UnknownColumns | LandingDefects.DeepNesting)]
    public async Task A_defect_has_the_outcome_that_is_documented(LandingDefects defects)
    {
        await using var stack = await LakehouseStack.StartAsync();
        var truth = await GeneratedDataTests.LandAsync(stack, new() { Seed = 13, Scale = 0.03, Defects = defects });

        var report = await stack.RunAsync(new() { RejectedLinesLimit = 1 });

        ShouldBe(report, "customer_landing", truth.Customer);
        ShouldBe(report, "accelerometer_landing", truth.Accelerometer);
        ShouldBe(report, "step_trainer_landing", truth.StepTrainer);
        report.Tables.Select(table => table.Rows).ShouldBe(
        [
            truth.Given.CustomerTrusted,
            truth.Given.AccelerometerTrusted,
            truth.Given.CustomersCurated,
            truth.Given.StepTrainerTrusted,
            truth.Given.MachineLearningCurated,
        ]);
    }

    [Fact]
    public async Task Rejected_lines_are_set_aside_with_file_text_and_reason()
    {
        await using var stack = await LakehouseStack.StartAsync();
        await GeneratedDataTests.LandAsync(stack, new() { Seed = 13, Scale = 0.03 });
        await stack.LandTextAsync("step_trainer/landing/broken.json", "{\"sensorReadingTime\":1,\"serialNumber\":\"a\"\nnot json\n{\"SerialNumber\":\"b\",\"distanceFromObject\":1}\n{\"sensorReadingTime\":\"x\",\"serialNumber\":\"c\",\"distanceFromObject\":2}\n");

        var report = await stack.RunAsync(new() { RejectedLinesLimit = 1 });

        var source = report.Landing.Single(landed => landed.Table == "step_trainer_landing");
        source.Rejected.ShouldBe(4);
        var quarantine = source.Quarantine.ShouldNotBeNull();
        quarantine.Lines.ShouldBe(4);
        quarantine.Location.ShouldStartWith("s3://stedi-lake/quarantine/");
        await stack.Services.GetRequiredService<LakeCatalog>().RegisterAsync(
            "stedi_work", TableDefinitions.Parquet("set_aside", [new("source_file", "string"), new("line", "string"), new("reason", "string")], quarantine.Location), CancellationToken.None);
        var rows = await stack.QueryAsync("SELECT source_file, line, reason FROM stedi_work.set_aside ORDER BY line");
        rows.ShouldAllBe(row => row["source_file"] == "s3://stedi-lake/step_trainer/landing/broken.json");
        rows.Select(row => (row["line"]!, row["reason"]!)).ShouldBe(
        [
            ("not json", "not a JSON object"),
            ("{\"SerialNumber\":\"b\",\"distanceFromObject\":1}", "no sensorreadingtime"),
            ("{\"sensorReadingTime\":\"x\",\"serialNumber\":\"c\",\"distanceFromObject\":2}", "sensorreadingtime does not fit bigint"),
            ("{\"sensorReadingTime\":1,\"serialNumber\":\"a\"", "not a JSON object"),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Rejected_lines_are_set_aside_from_more_files_than_a_report_names()
    {
        await using var stack = await LakehouseStack.StartAsync();
        await GeneratedDataTests.LandAsync(stack, new() { Seed = 13, Scale = 0.03 });
        for (var i = 0; i < 25; i++)
        {
            await stack.LandTextAsync($"step_trainer/landing/broken-{i}.json", "not json\n");
        }

        var report = await stack.RunAsync(new() { RejectedLinesLimit = 1 });

        var source = report.Landing.Single(landed => landed.Table == "step_trainer_landing");
        source.Rejected.ShouldBe(25);
        source.Rejections.Count.ShouldBe(20);
        source.Quarantine.ShouldNotBeNull().Lines.ShouldBe(25);
    }

    [Fact]
    public async Task A_source_that_did_not_land_stops_the_run_by_name()
    {
        await using var stack = await LakehouseStack.StartAsync();
        await GeneratedDataTests.LandAsync(stack, new() { Seed = 13, Scale = 0.02, Defects = LandingDefects.MissingFolders });

        var failure = await FailureAsync(stack);

        failure.ErrorType.ShouldBe(FailureTypes.BrokenContract);
        failure.Message.ShouldContain("Nothing has landed in s3://stedi-lake/step_trainer/landing/");
        (await stack.S3.ListObjectsV2Async(new() { BucketName = stack.Lake.Bucket, Prefix = "snapshots/" })).KeyCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_required_column_that_no_file_has_stops_the_run_by_name()
    {
        await using var stack = await LakehouseStack.StartAsync();
        await GeneratedDataTests.LandAsync(stack, new() { Seed = 13, Scale = 0.02, Defects = LandingDefects.MissingFolders });
        await stack.LandTextAsync("step_trainer/landing/other.json", "{\"sensorReadingTime\":1,\"serialNumber\":\"a\"}\n");

        var failure = await FailureAsync(stack);

        failure.ErrorType.ShouldBe(FailureTypes.BrokenContract);
        failure.Message.ShouldContain("has distancefromobject");
    }

    static async Task<ApplicationFailureException> FailureAsync(LakehouseStack stack)
    {
        Exception? failed = await Should.ThrowAsync<WorkflowFailedException>(() => stack.RunAsync());
        while (failed is not (null or ApplicationFailureException))
        {
            failed = failed.InnerException;
        }

        return failed.ShouldBeOfType<ApplicationFailureException>();
    }

    static void ShouldBe(LakehouseReport report, string table, SourceTruth truth)
    {
        var landed = report.Landing.Single(source => source.Table == table);
        (landed.Rows - landed.Rejected, landed.Rejected).ShouldBe((truth.Rows, truth.RejectedLines), table);
    }
}
