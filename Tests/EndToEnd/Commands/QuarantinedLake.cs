using System.Text.Json;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>A running stack with one run, and with lines in the quarantine as a run of any kind leaves them.</summary>
public sealed class QuarantinedLake : IAsyncLifetime
{
    public const string CutOff = "c0ffee0011112222333344445555666677778888999900001111222233334444";
    public const string Undated = "c0ffee00aaaabbbbccccddddeeeeffff00001111222233334444555566667777";
    public const string Claiming = "0badc0de11112222333344445555666677778888999900001111222233334444";
    public const string DatedRefusal = "deadbeef11112222333344445555666677778888999900001111222233334444";

    private readonly TempFolder _folder = new();

    public string Folder => _folder.Path;

    /// <summary>The run whose quarantine it is.</summary>
    public string RunId { get; private set; } = "";

    internal LakehouseStack Stack { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _folder.Write("temporal-dev.yaml", "temporal: { port: 0, uiPort: 0 }\naws: { port: 0 }\nlanding: { scale: 0.02 }\n");
        var run = await CommandRun.InAsync(Folder);
        run.ExitCode.ShouldBe(0, run.Error);
        Stack = await TestCommandContext.OpenStackAsync(Folder);
        using var runs = JsonDocument.Parse((await CommandRun.InAsync(Folder, "runs", "--json")).Output);
        RunId = runs.RootElement[0].GetProperty("runId").GetString()!;
        await QuarantineAsync("customer", $"""
            SELECT * FROM (VALUES
                ('s3://stedi-lake/customer/landing/a.json', '{"{"}"email":"a@b.c","x":"' || chr(27) || '[31m' || chr(8238) || '"', 'not a JSON object', '{CutOff}', 'rejected line'),
                ('s3://stedi-lake/customer/landing/b.json', '{"{"}"email":"b@b.c"{"}"}', CAST(NULL AS varchar), '{Undated}', 'undated record'),
                ('s3://stedi-lake/customer/landing/b.json', '{"{"}"email":"b@b.c"{"}"}', CAST(NULL AS varchar), '{Undated}', 'undated record'),
                ('s3://stedi-lake/customer/landing/c.json', '{"{"}"email":"c@b.c"{"}"}', CAST(NULL AS varchar), '{Claiming}', 'record with a consent'),
                ('s3://stedi-lake/customer/landing/c.json', '{"{"}"email":"d@b.c"{"}"}', CAST(NULL AS varchar), '{DatedRefusal}', 'refusal with a date')
            ) lines (source_file, line, reason, line_key, kind)
            """);
        // As earlier versions wrote it, and as other sources have it.
        await QuarantineAsync("accelerometer", "SELECT 's3://stedi-lake/accelerometer/landing/a.json' AS source_file, 'x' AS line, 'no user' AS reason");
    }

    public async ValueTask DisposeAsync()
    {
        // Null if the start failed.
        if (Stack is { } stack)
        {
            await stack.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task QuarantineAsync(string source, string select)
    {
        var queries = new AthenaQueries(Stack.Worker.Athena, Stack.Lake, TimeProvider.System);
        var sql = $"UNLOAD ({select}) TO 's3://{Stack.Lake.Bucket}/quarantine/{source}_rejected/run={RunId}/{Guid.NewGuid()}-0/' WITH (format = 'PARQUET')";
        var id = await queries.SubmitAsync(sql, Guid.NewGuid().ToString(), TestContext.Current.CancellationToken);
        var ended = await queries.WaitAsync(id, TestContext.Current.CancellationToken);
        ended.Status.State.Value.ShouldBe("SUCCEEDED", ended.Status.StateChangeReason);
    }
}
