using System.Text.Json;
using Stedi.Testing;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Stedi.EndToEnd.Tests.Transcripts;

/// <summary>The exact output of each command of the built program.</summary>
public sealed class TranscriptTests
{
    private static readonly string[] CommandsWithJson =
    [
        "tables", "sql 'select count(*) as n from customer_trusted'", "runs", "show", "lineage", "lineage customer_trusted", "doctor", "schedule",
    ];

    [Fact]
    public async Task Commands_WithoutAStack_PrintTheRecordedTranscript()
    {
        using var shell = new Shell();

        await Transcript.ReplayAsync(shell, "alone");
    }

    [Fact]
    public async Task MainJob_InANewFolder_PrintsTheRecordedTranscript()
    {
        using var shell = new Shell();
        shell.Write("temporal-dev.yaml", "temporal: { port: 0 }\naws: { port: 0 }\nlanding: { scale: 0.02 }\n");

        await Transcript.ReplayAsync(shell, "job");
    }

    [Fact]
    public async Task Commands_WhileAStackIsUp_PrintTheRecordedTranscript()
    {
        using var shell = new Shell();
        shell.Write("temporal-dev.yaml", "temporal: { port: 0 }\naws: { port: 0 }\nlanding: { scale: 0.02 }\n");
        using var up = shell.StartStedi("up");
        try
        {
            var output = await ReadUntilAsync(up.StandardOutput, "Press Ctrl-C to stop.");
            Masks.Apply(output, shell.Work).ShouldBe("""
                Temporal  127.0.0.1:<port>
                Web page  http://127.0.0.1:<port>/
                S3, Glue and Athena  http://127.0.0.1:<port>/
                Lake  .stedi/lake/stedi-lake

                For other tools:
                  export TEMPORAL_ADDRESS=127.0.0.1:<port>
                  export AWS_ENDPOINT_URL=http://127.0.0.1:<port> AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=stedi-reader AWS_SECRET_ACCESS_KEY=any

                In another terminal: stedi run --wait
                Press Ctrl-C to stop.
                """);

            await Transcript.ReplayAsync(shell, "day");
            await ShouldPrintJsonAsync(shell);
            await ScheduledRunShouldBeListedAsync(shell, ParseAddress(output));
            await WorkerShouldStopWhenInterruptedAsync(shell);

            Shell.Interrupt(up);
            await up.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromMinutes(1), Token);
            up.ExitCode.ShouldBe(130);
            (await up.StandardError.ReadToEndAsync(Token)).ShouldBe("Bringing up the stack\n");
        }
        finally
        {
            if (!up.HasExited)
            {
                up.Kill();
            }
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task ShouldPrintJsonAsync(Shell shell)
    {
        foreach (var command in CommandsWithJson)
        {
            var run = await shell.TypeAsync($"stedi {command} --json");
            run.ExitCode.ShouldBe(0, $"{command}: {run.Error}");
            Should.NotThrow(() => JsonDocument.Parse(run.Output).Dispose(), command);
        }
    }

    // Triggers the schedule that day.txt creates instead of waiting for it.
    private static async Task ScheduledRunShouldBeListedAsync(Shell shell, string address)
    {
        var client = await TemporalClient.ConnectAsync(new(address));
        var schedule = client.GetScheduleHandle("stedi-lakehouse");
        await schedule.TriggerAsync();
        ScheduleActionExecutionStartWorkflow? started = null;
        await Eventually.AsksAsync(async () => started = (await schedule.DescribeAsync()).Info.RecentActions.FirstOrDefault()?.Action as ScheduleActionExecutionStartWorkflow, action => action is not null);
        await client.GetWorkflowHandle(started!.WorkflowId).GetResultAsync();

        var listed = await shell.TypeAsync("stedi runs --limit 1");
        listed.Output.ShouldContain(started.FirstExecutionRunId[..8], customMessage: listed.Error);
        listed.Output.ShouldContain("AtReading");
        listed.Output.ShouldContain("snapshot 4");
        var exported = await shell.TypeAsync($"export TEMPORAL_ADDRESS={address}; stedi runs --limit 1");
        exported.Output.ShouldContain(started.FirstExecutionRunId[..8], customMessage: exported.Error);
        (await shell.TypeAsync($"stedi show {started.FirstExecutionRunId[..8]}")).Output.ShouldStartWith($"Run {started.FirstExecutionRunId}: completed");
        (await shell.TypeAsync("stedi schedule")).Output.ShouldContain($"run {started.FirstExecutionRunId}");
    }

    private static string ParseAddress(string addresses) => addresses.Split('\n')[0].Split(' ')[^1];

    private static async Task WorkerShouldStopWhenInterruptedAsync(Shell shell)
    {
        using var worker = shell.StartStedi("worker", "--json");
        try
        {
            using var addresses = JsonDocument.Parse(await ReadUntilAsync(worker.StandardOutput, "}"));
            addresses.RootElement.GetProperty("bucket").GetString().ShouldBe("stedi-lake");
            Shell.Interrupt(worker);
            await worker.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromMinutes(1), Token);
            worker.ExitCode.ShouldBe(130);
            Masks.Apply(await worker.StandardError.ReadToEndAsync(Token), shell.Work).ShouldBe(
                "Bringing up the stack\nWorking for 127.0.0.1:<port>, namespace default, task queue stedi-lakehouse, on .stedi/lake/stedi-lake");
        }
        finally
        {
            if (!worker.HasExited)
            {
                worker.Kill();
            }
        }
    }

    private static async Task<string> ReadUntilAsync(StreamReader output, string last)
    {
        var lines = new List<string>();
        do
        {
            lines.Add(await output.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token) ?? throw new InvalidOperationException($"It ended after: {string.Join('\n', lines)}"));
        }
        while (lines[^1] != last);

        return string.Join('\n', lines);
    }
}
