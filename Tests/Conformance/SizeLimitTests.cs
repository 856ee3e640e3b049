using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

/// <summary>Payloads above the limit, sent by a worker whose own check is disabled.</summary>
public sealed class SizeLimitTests(ConformanceServer server)
{
    private const int AboveLimit = (2 * 1024 * 1024) + 1024;

    [Fact]
    public Task ActivityInput_AboveLimit_FailsWorkflow() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((LargeWorkflow wf) => wf.RunAsync("input"));

        await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        var events = await Scenario.EventsAsync(handle);
        events[^2].WorkflowTaskFailedEventAttributes.Cause.ShouldBe(WorkflowTaskFailedCause.BadScheduleActivityAttributes);
        events[^1].WorkflowExecutionTerminatedEventAttributes.Reason.ShouldBe(
            "BadScheduleActivityAttributes: ScheduleActivityTaskCommandAttributes.Input exceeds size limit.");
    });

    [Fact]
    public Task WorkflowResult_AboveLimit_FailsWorkflow() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((LargeWorkflow wf) => wf.RunAsync("result"));

        await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        (await Scenario.EventsAsync(handle))[^1].WorkflowExecutionTerminatedEventAttributes.Reason.ShouldContain("Result exceeds size limit.");
    });

    [Fact]
    public Task ActivityResult_AboveLimit_FailsActivityWithoutRetry() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((LargeWorkflow wf) => wf.RunAsync("activity result"));

        var failure = await Scenario.ActivityFailureAsync(handle);

        failure.InnerException!.Message.ShouldBe("Complete result exceeds size limit.");
    });

    [Fact]
    public Task Signal_AboveLimit_IsRejected() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((LargeWorkflow wf) => wf.RunAsync("wait"));

        var error = await Should.ThrowAsync<RpcException>(() => handle.SignalAsync("any", [new string('x', AboveLimit)]));

        error.Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
        await handle.TerminateAsync();
    });

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(
        server.Client,
        options =>
        {
            options.DisablePayloadErrorLimit = true;
            options.AddWorkflow<LargeWorkflow>().AddActivity(LargeWorkflow.Echo);
        },
        body);

    [Workflow]
    public sealed class LargeWorkflow
    {
        private static readonly ActivityOptions Options = new() { ScheduleToCloseTimeout = TimeSpan.FromMinutes(1) };

        [Activity]
        public static string Echo(string given, int length) => given.PadRight(length, 'x');

        [WorkflowRun]
        public async Task<string> RunAsync(string what)
        {
            switch (what)
            {
                case "input":
                    return await Workflow.ExecuteActivityAsync(() => Echo(new string('x', AboveLimit), 0), Options);
                case "activity result":
                    return await Workflow.ExecuteActivityAsync(() => Echo("", AboveLimit), Options);
                case "result":
                    return new('x', AboveLimit);
                default:
                    await Workflow.WaitConditionAsync(() => false);
                    return "";
            }
        }
    }
}
