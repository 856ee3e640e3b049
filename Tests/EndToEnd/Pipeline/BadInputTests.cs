using Microsoft.Extensions.DependencyInjection;
using Stedi.DevStack.Landing.Expectations;
using Stedi.DevStack.Landing.Model;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Defects in landing data are counted, named and quarantined, and change nothing else. The generator provides the expected outcomes.</summary>
public sealed class BadInputTests
{
    [Theory]
    [MemberData(nameof(Defects))]
    public async Task Run_WithADefectInTheLandingData_HasTheDocumentedOutcome(LandingDefects defects, ConsentPolicy policy)
    {
        await using var stack = await InProcessStack.StartAsync();
        var truth = await stack.LandGeneratedAsync(new() { Seed = 13, Scale = 0.03, Defects = defects });
        var expected = policy == ConsentPolicy.Given ? truth.Given : truth.AtReading;

        // A step that cannot succeed would be retried for hours.
        var report = await stack.RunWithinAsync(TimeSpan.FromMinutes(1), new() { RejectedLinesLimit = 1, ConsentPolicy = policy });

        ShouldBe(report, "customer_landing", truth.Customer);
        ShouldBe(report, "accelerometer_landing", truth.Accelerometer);
        ShouldBe(report, "step_trainer_landing", truth.StepTrainer);
        report.Tables.Select(table => table.Rows).ShouldBe(
        [
            expected.CustomerTrusted,
            expected.AccelerometerTrusted,
            expected.CustomersCurated,
            expected.StepTrainerTrusted,
            expected.MachineLearningCurated,
        ]);
        report.LeftOut.ToDictionary(left => new Exclusion(left.Table, left.Reason), left => left.Rows).ShouldBe(expected.LeftOut, ignoreOrder: true);
        foreach (var landed in report.Landing.Where(source => source.Rejected > 0))
        {
            landed.Quarantine.ShouldNotBeNull().Lines.ShouldBe(landed.Rejected, $"Each rejected line of {landed.Table} is quarantined.");
        }
    }

    /// <summary>Every defect alone, except those that stop a run; all at once; and combinations that affect each other.</summary>
    public static TheoryData<LandingDefects, ConsentPolicy> Defects
    {
        get
        {
            var data = new TheoryData<LandingDefects, ConsentPolicy>();
            foreach (var defect in Enum.GetValues<LandingDefects>().Except([LandingDefects.None, LandingDefects.MissingFolders, LandingDefects.GarbageCustomers, LandingDefects.All]))
            {
                data.Add(defect, ConsentPolicy.Given);
            }

            data.Add(LandingDefects.ByteOrderMarks | LandingDefects.Gzip | LandingDefects.CarriageReturns | LandingDefects.InvalidUtf8, ConsentPolicy.Given);
            data.Add(LandingDefects.DuplicatePeople | LandingDefects.SharedDevices | LandingDefects.Orphans | LandingDefects.EmptyConsents, ConsentPolicy.AtReading);
            data.Add(LandingDefects.TimesInSeconds | LandingDefects.NegativeTimes | LandingDefects.DuplicateReadings, ConsentPolicy.AtReading);
            data.Add(LandingDefects.RejectedCustomers | LandingDefects.DuplicatePeople | LandingDefects.SharedDevices | LandingDefects.FutureConsents, ConsentPolicy.AtReading);
            data.Add(LandingDefects.All, ConsentPolicy.Given);
            data.Add(LandingDefects.All, ConsentPolicy.AtReading);
            return data;
        }
    }

    [Fact]
    public async Task Run_WhenNamesOfLandingFilesArePatterns_CountsEachFileOnce()
    {
        await using var stack = await InProcessStack.StartAsync();
        var truth = await stack.LandGeneratedAsync(new() { Seed = 13, Scale = 0.03 });
        var objects = stack.Services.GetRequiredService<LakeObjects>();
        var files = await objects.ListAsync("customer/landing/", CancellationToken.None);
        var lines = new List<string>();
        foreach (var file in files)
        {
            lines.AddRange((await objects.ReadAsync(file.Key, CancellationToken.None)).ShouldNotBeNull().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        await objects.DeleteAsync(files, CancellationToken.None);
        string[] names = ["customer-1", "customer-[1]", "customer-*", "customer-?"];
        foreach (var (name, part) in names.Zip(lines.Chunk((lines.Count / names.Length) + 1)))
        {
            await stack.LandTextAsync($"customer/landing/{name}.json", string.Join('\n', part) + "\n");
        }

        var report = await stack.RunAsync();

        ShouldBe(report, "customer_landing", truth.Customer);
        report.Tables[0].Rows.ShouldBe(truth.Given.CustomerTrusted);
        (await stack.CountAsync("SELECT count(DISTINCT \"$path\") AS n FROM customer_landing")).ShouldBe(names.Length);
    }

    [Fact]
    public async Task Run_WithRejectedLines_QuarantinesThemWithFileTextAndReason()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 13, Scale = 0.03 });
        await stack.LandTextAsync("step_trainer/landing/broken.json", "{\"sensorReadingTime\":1,\"serialNumber\":\"a\"\nnot json\n{\"SerialNumber\":\"b\",\"distanceFromObject\":1}\n{\"sensorReadingTime\":\"x\",\"serialNumber\":\"c\",\"distanceFromObject\":2}\n");

        var report = await stack.RunAsync(new() { RejectedLinesLimit = 1 });

        var source = report.Landing.Single(landed => landed.Table == "step_trainer_landing");
        source.Rejected.ShouldBe(4);
        var quarantine = source.Quarantine.ShouldNotBeNull();
        quarantine.Lines.ShouldBe(4);
        quarantine.Location.ShouldStartWith("s3://stedi-lake/quarantine/");
        await stack.Services.GetRequiredService<LakeCatalog>().RegisterAsync(
            "stedi_work", TableDefinitions.Parquet("quarantined", [new("source_file", "string"), new("line", "string"), new("reason", "string")], quarantine.Location), CancellationToken.None);
        var rows = await stack.QueryAsync("SELECT source_file, line, reason FROM stedi_work.quarantined ORDER BY line");
        rows.ShouldAllBe(row => row["source_file"] == "s3://stedi-lake/step_trainer/landing/broken.json");
        rows.Select(row => (row["line"]!, row["reason"]!)).ShouldBe(
        [
            ("not json", "not one JSON object"),
            ("{\"SerialNumber\":\"b\",\"distanceFromObject\":1}", "no sensorreadingtime"),
            ("{\"sensorReadingTime\":\"x\",\"serialNumber\":\"c\",\"distanceFromObject\":2}", "sensorreadingtime is not a time in milliseconds"),
            ("{\"sensorReadingTime\":1,\"serialNumber\":\"a\"", "not one JSON object"),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Run_WithRejectedLinesInManyFiles_QuarantinesAllOfThem()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 13, Scale = 0.03 });
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

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public async Task Run_WithMoreRejectedLinesThanTheLimit_NamesTheWorstFilesAndPublishesNothing(int broken, bool stops)
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 13, Scale = 0.02, Defects = LandingDefects.MissingFolders });
        await stack.LandTextAsync("step_trainer/landing/sound.json", string.Concat(Enumerable.Range(0, 1998 - broken).Select(Sound)));
        await stack.LandTextAsync("step_trainer/landing/bad.json", string.Concat(Enumerable.Repeat("not json\n", 5)) + Sound(1998));
        await stack.LandTextAsync("step_trainer/landing/worst.json", string.Concat(Enumerable.Repeat("{\"sensorReadingTime\":\"x\",\"serialNumber\":\"a\",\"distanceFromObject\":1}\n", broken - 5)) + Sound(1999));

        if (!stops)
        {
            (await stack.RunAsync()).Landing.Single(source => source.Table == "step_trainer_landing").Rejected.ShouldBe(broken);
            return;
        }

        var failure = await FailedRun.FailureAsync(() => stack.RunAsync());

        failure.ErrorType.ShouldBe(FailureTypes.TooManyRejectedLines);
        failure.Message.ShouldContain("Of step_trainer_landing, 21 of 2000 lines were rejected");
        failure.Message.ShouldContain("See step_trainer/landing/worst.json (16 lines: sensorreadingtime is not a time in milliseconds), step_trainer/landing/bad.json (5 lines: not one JSON object).");
        failure.Message.ShouldContain("The rejected lines are in the quarantine of run ");
        (await stack.S3.ListObjectsV2Async(new() { BucketName = stack.Lake.Bucket, Prefix = "snapshots/" })).KeyCount.ShouldBe(0);

        static string Sound(int number) => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{{\"sensorReadingTime\":{1_655_564_300_000 + number},\"serialNumber\":\"a\",\"distanceFromObject\":1}}\n");
    }

    [Fact]
    public async Task Run_WhenASourceDidNotLand_FailsAndNamesIt()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 13, Scale = 0.02, Defects = LandingDefects.MissingFolders });

        var failure = await FailedRun.FailureAsync(() => stack.RunAsync());

        failure.ErrorType.ShouldBe(FailureTypes.BrokenContract);
        failure.Message.ShouldContain("Nothing has landed in s3://stedi-lake/step_trainer/landing/");
        (await stack.S3.ListObjectsV2Async(new() { BucketName = stack.Lake.Bucket, Prefix = "snapshots/" })).KeyCount.ShouldBe(0);
    }

    [Fact]
    public async Task Run_WhenACustomerLineNamesNobody_FailsAtEveryLimit()
    {
        await using var stack = await InProcessStack.StartAsync();
        var truth = await stack.LandGeneratedAsync(new() { Seed = 13, Scale = 0.02, Defects = LandingDefects.GarbageCustomers });

        var failure = await FailedRun.FailureAsync(() => stack.RunAsync(new() { RejectedLinesLimit = 1 }));

        truth.StopsRun.ShouldBeTrue();
        failure.ErrorType.ShouldBe(FailureTypes.UnattributedLines);
        (await stack.S3.ListObjectsV2Async(new() { BucketName = stack.Lake.Bucket, Prefix = "snapshots/" })).KeyCount.ShouldBe(0);
    }

    [Fact]
    public async Task Run_WhenNoFileHasARequiredColumn_FailsAndNamesIt()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 13, Scale = 0.02, Defects = LandingDefects.MissingFolders });
        await stack.LandTextAsync("step_trainer/landing/other.json", "{\"sensorReadingTime\":1,\"serialNumber\":\"a\"}\n");

        var failure = await FailedRun.FailureAsync(() => stack.RunAsync());

        failure.ErrorType.ShouldBe(FailureTypes.BrokenContract);
        failure.Message.ShouldContain("has distancefromobject");
    }

    private static void ShouldBe(LakehouseReport report, string table, ExpectedSource truth)
    {
        var landed = report.Landing.Single(source => source.Table == table);
        (landed.Rows - landed.Rejected, landed.Rejected, landed.Blank).ShouldBe((truth.Rows, truth.RejectedLines, truth.BlankLines), table);
        (landed.DroppedValues, landed.DamagedTexts).ShouldBe((truth.DroppedValues, truth.DamagedTexts), table);
    }
}
