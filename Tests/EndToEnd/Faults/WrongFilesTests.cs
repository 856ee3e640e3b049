using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Stedi.EndToEnd.Tests.Pipeline;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Testing.Faults;
using Temporalio.Exceptions;

namespace Stedi.EndToEnd.Tests.Faults;

/// <summary>A query that reads other files than those that landed fails the run. Files without rows, and files that land meanwhile, do not.</summary>
public sealed class WrongFilesTests
{
    private const string Landing = "s3://stedi-lake/step_trainer/landing/";
    private const string Line = "{\"sensorReadingTime\":1655564300000,\"serialNumber\":\"a\",\"distanceFromObject\":1}\n";

    [Fact]
    public async Task Run_WhenTheReaderMissesASmallFile_StopsAndPublishesNothing()
    {
        await using var lake = await FaultyLake.StartAsync();
        await lake.Stack.LandTextAsync("step_trainer/landing/small.json", Line);
        lake.Proxy.On("athena:GetQueryResults", FilesRead(rows => Remove(rows, file => file == Landing + "small.json")), times: int.MaxValue);

        var failure = await FailureAsync(lake);

        failure.Message.ShouldContain("The query for step_trainer_landing did not read files that landed: step_trainer/landing/small.json. ");
    }

    [Fact]
    public async Task Run_WhenTheReaderMissesManyFiles_NamesThree()
    {
        await using var lake = await FaultyLake.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            await lake.Stack.LandTextAsync($"step_trainer/landing/more-{i}.json", string.Concat(Enumerable.Repeat(Line, 20 + i)));
        }

        lake.Proxy.On("athena:GetQueryResults", FilesRead(rows => Remove(rows, file => file.Contains("/more-", StringComparison.Ordinal))), times: int.MaxValue);

        var failure = await FailureAsync(lake);

        failure.Message.ShouldContain("step_trainer/landing/more-49.json, step_trainer/landing/more-48.json, step_trainer/landing/more-47.json and 47 more. ");
    }

    [Fact]
    public async Task Run_WhenTheReaderSawAFileThatDidNotLand_StopsAndPublishesNothing()
    {
        await using var lake = await FaultyLake.StartAsync();
        await lake.Stack.LandTextAsync("step_trainer/landing/a.json", Line);
        lake.Proxy.On("athena:GetQueryResults", FilesRead(rows =>
        {
            foreach (var file in rows.Select(FirstCell).Where(cell => (string?)cell?["VarCharValue"] == Landing + "a.json"))
            {
                file!["VarCharValue"] = Landing + "other.json";
            }
        }), times: int.MaxValue);

        var failure = await FailureAsync(lake);

        failure.Message.ShouldContain("The query for step_trainer_landing read files that did not land: step_trainer/landing/other.json. ");
    }

    [Fact]
    public async Task Run_WhenTheReaderLostALineOfAFile_StopsAndPublishesNothing()
    {
        await using var lake = await FaultyLake.StartAsync();
        await lake.Stack.LandTextAsync("step_trainer/landing/a.json", string.Concat(Enumerable.Repeat(Line, 20)));
        lake.Proxy.On("athena:GetQueryResults", FilesRead(rows =>
        {
            foreach (var row in rows.Where(row => (string?)FirstCell(row)?["VarCharValue"] == Landing + "a.json"))
            {
                // Its number of lines and their bytes, after the file and the reason.
                var cells = row!["Data"]!.AsArray();
                cells[2]!["VarCharValue"] = "19";
                cells[3]!["VarCharValue"] = (19 * (Line.Length - 1)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }), times: int.MaxValue);

        var failure = await FailureAsync(lake);

        failure.Message.ShouldContain("read more or fewer bytes than these files have: step_trainer/landing/a.json. ");
    }

    [Fact]
    public async Task Run_WhenFilesHaveNoRowsToGive_Publishes()
    {
        await using var lake = await FaultyLake.StartAsync();
        var landing = Path.Combine(lake.Stack.LakeDirectory, "step_trainer", "landing");
        await lake.Stack.LandTextAsync("step_trainer/landing/empty.json", "");
        await lake.Stack.LandTextAsync("step_trainer/landing/blank.json", "\n \r\n\t\n");
        await lake.Stack.LandTextAsync("step_trainer/landing/mark.json", "\uFEFF");
        await lake.Stack.LandTextAsync("step_trainer/landing/_hidden.json", Line);
        await lake.Stack.LandTextAsync("step_trainer/landing/_folder/a.json", Line);
        await lake.Stack.LandTextAsync("step_trainer/landing/.folder/a.json", Line);
        await File.WriteAllBytesAsync(Path.Combine(landing, "nothing.json.gz"), Convert.FromHexString("1f8b080000000000000303000000000000000000"));
        await File.WriteAllBytesAsync(Path.Combine(landing, "blank.json.gz"), Compressed("\n\n"));

        var report = await lake.RunAsync();

        report.Landing.Single(source => source.Table == "step_trainer_landing").Rows.ShouldBe(lake.Truth.StepTrainer.Rows + lake.Truth.StepTrainer.RejectedLines);
    }

    [Fact]
    public async Task Run_WhenAFileLandsBetweenTwoAttemptsAtOneQuery_Publishes()
    {
        await using var lake = await FaultyLake.StartAsync();
        var landed = 0;
        lake.Proxy.On("athena:GetQueryExecution", Fault.Changed("the first count of step_trainer fails", answer =>
        {
            var execution = answer["QueryExecution"]!;
            var sql = (string)execution["Query"]!;
            if (sql.Contains("reason, count(*)", StringComparison.Ordinal) && sql.Contains("step_trainer_staged", StringComparison.Ordinal)
                && (string)execution["Status"]!["State"]! == "SUCCEEDED" && Interlocked.Exchange(ref landed, 1) == 0)
            {
                File.WriteAllText(Path.Combine(lake.Stack.LakeDirectory, "step_trainer", "landing", "later.json"), string.Concat(Enumerable.Repeat(Line, 100)));
                execution["Status"]!["State"] = "FAILED";
                execution["Status"]!["AthenaError"] = new JsonObject { ["ErrorCategory"] = 1, ["ErrorType"] = 233, ["Retryable"] = true };
            }
        }), times: int.MaxValue);

        var report = await lake.RunAsync();

        landed.ShouldBe(1);
        report.Landing.Single(source => source.Table == "step_trainer_landing").Rows.ShouldBe(lake.Truth.StepTrainer.Rows + lake.Truth.StepTrainer.RejectedLines);
    }

    [Fact]
    public async Task Run_WhenAWithdrawalLandsBeforePublishing_PublishesNothingOfThePerson()
    {
        const string Consent = """{"email":"late@x","serialNumber":"late-1","registrationDate":1655000000000,"lastUpdateDate":1655000000000,"shareWithResearchAsOfDate":1655000000000}""";
        const string Withdrawal = """{"email":"late@x","serialNumber":"late-1","registrationDate":1655000000000,"lastUpdateDate":1655000001000}""";
        await using var lake = await FaultyLake.StartAsync();
        await lake.Stack.LandTextAsync("customer/landing/consent.json", Consent);
        await lake.Stack.LandTextAsync("accelerometer/landing/late.json", """{"user":"late@x","timestamp":1655564300000,"x":1.0,"y":2.0,"z":3.0}""");
        await lake.Stack.LandTextAsync("step_trainer/landing/late.json", """{"sensorReadingTime":1655564300000,"serialNumber":"late-1","distanceFromObject":5}""");
        var audits = new ConcurrentDictionary<string, string>();
        lake.Proxy.On("athena:GetQueryExecution", Fault.Changed("a withdrawal lands", answer =>
        {
            var execution = answer["QueryExecution"]!;
            if (((string)execution["Query"]!).Contains("Per table, the duplicate rows", StringComparison.Ordinal) && audits.TryAdd((string)execution["QueryExecutionId"]!, "") && audits.Count == 1)
            {
                File.WriteAllText(Path.Combine(lake.Stack.LakeDirectory, "customer", "landing", "withdrawal.json"), Withdrawal);
            }
        }), times: int.MaxValue);

        var report = await lake.RunAsync();

        audits.Count.ShouldBe(2);
        report.Snapshot.Outcome.ShouldBe(PublishOutcome.Published);
        (await lake.Stack.CountAsync("SELECT count(*) AS n FROM customer_trusted WHERE email = 'late@x'")).ShouldBe(0);
        (await lake.Stack.CountAsync("SELECT count(*) AS n FROM machine_learning_curated")).ShouldBe(lake.Truth.Given.MachineLearningCurated);
    }

    // The query that counts staged lines returns the files they came from.
    private static Fault FilesRead(Action<JsonArray> change) => Fault.Changed("other files read", answer =>
    {
        var rows = answer["ResultSet"]!["Rows"]!.AsArray();
        if (rows.Count > 0 && (string?)FirstCell(rows[0])?["VarCharValue"] == "source_file")
        {
            change(rows);
        }
    });

    private static void Remove(JsonArray rows, Func<string, bool> file)
    {
        foreach (var row in rows.Where(row => FirstCell(row)?["VarCharValue"] is { } cell && file((string)cell!)).ToList())
        {
            rows.Remove(row);
        }
    }

    private static JsonNode? FirstCell(JsonNode? row) => row!["Data"]!.AsArray()[0];

    private static async Task<ApplicationFailureException> FailureAsync(FaultyLake lake)
    {
        var failure = await FailedRun.FailureAsync(lake.RunAsync);
        failure.ErrorType.ShouldBe(FailureTypes.LandingMismatch);
        failure.NonRetryable.ShouldBeTrue();
        lake.Proxy.RemoveFaults();
        (await lake.Stack.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = lake.Stack.Lake.Bucket, Prefix = "snapshots/" })).KeyCount.ShouldBe(0);
        return failure;
    }

    private static byte[] Compressed(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
