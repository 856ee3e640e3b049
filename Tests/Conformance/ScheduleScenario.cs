using Stedi.Testing;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

/// <summary>Creates a schedule that starts <see cref="ScheduledWorkflow"/> with an argument.</summary>
public delegate Task<ScheduleHandle> CreateSchedule(ScheduleSpec spec, string what, ScheduleState state);

/// <summary>A scenario with schedules, which are deleted at its end.</summary>
internal static class ScheduleScenario
{
    public static Task RunAsync(ITemporalClient client, Func<Scenario, CreateSchedule, Task> body) => Scenario.RunAsync(
        client, options => options.AddWorkflow<ScheduledWorkflow>(), async scenario =>
        {
            List<ScheduleHandle> created = [];
            await body(scenario, async (spec, what, state) =>
            {
                var action = ScheduleActionStartWorkflow.Create((ScheduledWorkflow wf) => wf.RunAsync(what), new($"wf-{Guid.NewGuid()}", scenario.Queue));
                created.Add(await client.CreateScheduleAsync($"schedule-{Guid.NewGuid()}", new(action, spec) { State = state }));
                return created[^1];
            });
            foreach (var schedule in created)
            {
                try
                {
                    await schedule.DeleteAsync();
                }
                catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
                {
                    // The test has deleted it.
                }
            }
        });
}

/// <summary>Fails, waits forever or completes with its argument: "fail", "wait" or any other text.</summary>
[Workflow]
public sealed class ScheduledWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string what)
    {
        if (what == "fail")
        {
            throw new ApplicationFailureException("scheduled to fail");
        }

        await Workflow.WaitConditionAsync(() => what != "wait");
        return what;
    }
}
