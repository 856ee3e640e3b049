using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Workflows;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>A run with a started activity and a started workflow task, and a schedule. Fuzzed messages use their ids and task tokens.</summary>
internal sealed record FuzzedWorkflow(string Id, string RunId, string Queue, ByteString WorkflowTaskToken, ByteString ActivityTaskToken)
{
    public const string ActivityId = "fuzzed-activity";

    public string ScheduleId => "schedule-of-" + Id;

    public static async Task<FuzzedWorkflow> StartAsync(ITemporalClient client)
    {
        var (id, queue) = ($"fuzz-{Guid.NewGuid()}", Scenario.NewQueue());
        var handle = await client.StartWorkflowAsync((EchoWorkflow wf) => wf.RunAsync("x"), new(id, queue));
        var first = await PollAsync();
        await client.WorkflowService.RespondWorkflowTaskCompletedAsync(new()
        {
            TaskToken = first,
            Commands =
            {
                new Temporalio.Api.Command.V1.Command
                {
                    CommandType = CommandType.ScheduleActivityTask,
                    ScheduleActivityTaskCommandAttributes = new()
                    {
                        ActivityId = ActivityId,
                        ActivityType = new() { Name = "fuzzed" },
                        StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
                    },
                },
            },
        });
        var activity = await client.WorkflowService.PollActivityTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = queue } });
        await handle.SignalAsync("next", []);
        var created = new FuzzedWorkflow(id, handle.ResultRunId!, queue, await PollAsync(), activity.TaskToken);
        await client.CreateScheduleAsync(
            created.ScheduleId, new(ScheduleActionStartWorkflow.Create((EchoWorkflow wf) => wf.RunAsync("x"), new(id + "-scheduled", queue)), new()));
        return created;

        async Task<ByteString> PollAsync() => (await client.WorkflowService.PollWorkflowTaskQueueAsync(
            new() { Namespace = "default", TaskQueue = new() { Name = queue }, Identity = "fuzz" })).TaskToken;
    }

    [Workflow]
    public sealed class EchoWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync(string text) => Task.FromResult(text);
    }
}
