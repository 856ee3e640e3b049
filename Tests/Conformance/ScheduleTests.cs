using Temporalio.Api.Enums.V1;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Temporal.Tests.Conformance;

public sealed class ScheduleTests(ConformanceServer server)
{
    private static readonly DateTimeOffset Monday = new(2030, 1, 7, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public Task An_interval_starts_workflows_by_itself() => RunAsync(async (scenario, create) =>
    {
        var schedule = await create(new() { Intervals = [new(TimeSpan.FromSeconds(1))] }, "quick", new());

        ScheduleDescription? description = null;
        await Scenario.EventuallyAsync(async () => (description = await schedule.DescribeAsync()).Info.NumActions >= 2);

        description!.Info.NextActionTimes.Count.ShouldBe(10);
        var action = description.Info.RecentActions.First().Action.ShouldBeOfType<ScheduleActionExecutionStartWorkflow>();
        (await server.Client.GetWorkflowHandle<ScheduledWorkflow, string>(action.WorkflowId).GetResultAsync()).ShouldBe("quick");
        action.WorkflowId.ShouldMatch(@"-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        _ = scenario;
    });

    [Fact]
    public Task A_paused_schedule_does_nothing_until_triggered() => RunAsync(async (_, create) =>
    {
        var schedule = await create(new() { Intervals = [new(TimeSpan.FromSeconds(1))] }, "quick", new() { Paused = true, Note = "not yet" });
        (await schedule.DescribeAsync()).Schedule.State.Note.ShouldBe("not yet");

        await schedule.TriggerAsync();
        await Scenario.EventuallyAsync(async () => (await schedule.DescribeAsync()).Info.NumActions == 1);
        await schedule.UnpauseAsync("go");

        await Scenario.EventuallyAsync(async () => (await schedule.DescribeAsync()).Info.NumActions > 1);
        await schedule.PauseAsync("enough");
        (await schedule.DescribeAsync()).Schedule.State.ShouldBe(new() { Paused = true, Note = "enough" });
    });

    [Fact]
    public Task A_backfill_starts_each_time_of_the_past_once() => RunAsync(async (_, create) =>
    {
        var schedule = await create(new() { Intervals = [new(TimeSpan.FromHours(1))] }, "quick", new() { Paused = true });

        await schedule.BackfillAsync([new(Monday.UtcDateTime, Monday.AddHours(4).UtcDateTime, ScheduleOverlapPolicy.AllowAll)]);

        await Scenario.EventuallyAsync(async () => (await schedule.DescribeAsync()).Info.NumActions == 5);
    });

    [Theory]
    [InlineData(ScheduleOverlapPolicy.Skip, 1, 0)]
    [InlineData(ScheduleOverlapPolicy.BufferOne, 1, 1)]
    [InlineData(ScheduleOverlapPolicy.BufferAll, 1, 2)]
    [InlineData(ScheduleOverlapPolicy.AllowAll, 3, 0)]
    public Task Overlaps_are_treated_as_the_policy_says(ScheduleOverlapPolicy policy, int running, int buffered) => RunAsync(async (_, create) =>
    {
        var schedule = await create(new(), "wait", new());
        for (var i = 0; i < 3; i++)
        {
            await TriggerAtAsync(schedule.Id, Monday.AddHours(i), policy);
        }

        var info = (await server.Client.WorkflowService.DescribeScheduleAsync(new() { Namespace = Namespace, ScheduleId = schedule.Id })).Info;

        info.RunningWorkflows.Count.ShouldBe(running);
        info.BufferSize.ShouldBe(buffered);
        await StopAsync(schedule.Id);
    });

    [Theory]
    [InlineData(ScheduleOverlapPolicy.CancelOther, WorkflowExecutionStatus.Canceled)]
    [InlineData(ScheduleOverlapPolicy.TerminateOther, WorkflowExecutionStatus.Terminated)]
    public Task The_running_one_is_stopped_for_the_next(ScheduleOverlapPolicy policy, WorkflowExecutionStatus status) => RunAsync(async (_, create) =>
    {
        var schedule = await create(new(), "wait", new());
        await TriggerAtAsync(schedule.Id, Monday, policy);
        await TriggerAtAsync(schedule.Id, Monday.AddHours(1), policy);

        await Scenario.EventuallyAsync(async () => (await schedule.DescribeAsync()).Info.NumActions == 2);

        var recent = (await server.Client.WorkflowService.DescribeScheduleAsync(new() { Namespace = Namespace, ScheduleId = schedule.Id })).Info.RecentActions;
        recent[0].StartWorkflowStatus.ShouldBe(status);
        recent[1].StartWorkflowStatus.ShouldBe(WorkflowExecutionStatus.Running);
        await StopAsync(schedule.Id);
    });

    [Fact]
    public Task A_failure_pauses_the_schedule_that_asks_for_it() => RunAsync(async (_, create) =>
    {
        var schedule = await create(new(), "fail", new());
        await schedule.UpdateAsync(input => new(input.Description.Schedule with { Policy = new() { PauseOnFailure = true } }));

        await schedule.TriggerAsync();

        await Scenario.EventuallyAsync(async () => (await schedule.DescribeAsync()).Schedule.State.Paused);
        (await schedule.DescribeAsync()).Schedule.State.Note!.ShouldContain("failure");
    });

    [Fact]
    public Task Limited_actions_run_out() => RunAsync(async (_, create) =>
    {
        var schedule = await create(
            new() { Intervals = [new(TimeSpan.FromSeconds(1))] }, "quick", new() { LimitedActions = true, RemainingActions = 1 });

        await Scenario.EventuallyAsync(async () => (await schedule.DescribeAsync()).Schedule.State.RemainingActions == 0);

        (await schedule.DescribeAsync()).Info.NextActionTimes.ShouldBeEmpty();
    });

    [Theory]
    [InlineData("0 6 * * 1", "2030-01-07T06:00:00Z")]
    [InlineData("30 5 15 1 *", "2030-01-15T05:30:00Z")]
    [InlineData("@daily", "2030-01-07T00:00:00Z")]
    [InlineData("CRON_TZ=Europe/Berlin 0 6 * * *", "2030-01-07T05:00:00Z")]
    [InlineData("15 0 0 29 2 * 2032", "2032-02-29T00:00:15Z")]
    [InlineData("0 12 * * SAT,SUN", "2030-01-12T12:00:00Z")]
    [InlineData("@every 8h/2h", "2030-01-07T02:00:00Z")]
    public Task A_cron_string_names_its_times(string cron, string first) => RunAsync(async (_, create) =>
    {
        var schedule = await create(new() { CronExpressions = [cron] }, "quick", new() { Paused = true });

        var times = await server.Client.WorkflowService.ListScheduleMatchingTimesAsync(new()
        {
            Namespace = Namespace,
            ScheduleId = schedule.Id,
            StartTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Monday),
            EndTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Monday.AddYears(3)),
        });

        times.StartTime[0].ToDateTimeOffset().ShouldBe(DateTimeOffset.Parse(first));
    });

    [Fact]
    public Task Excluded_times_are_left_out() => RunAsync(async (_, create) =>
    {
        var schedule = await create(
            new()
            {
                Calendars = [new() { Hour = [new(12)] }],
                Skip = [new() { Hour = [new(12)], DayOfWeek = [new(0), new(6)] }],
            },
            "quick",
            new() { Paused = true });

        var times = await server.Client.WorkflowService.ListScheduleMatchingTimesAsync(new()
        {
            Namespace = Namespace,
            ScheduleId = schedule.Id,
            StartTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Monday),
            EndTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Monday.AddDays(14)),
        });

        times.StartTime.Count.ShouldBe(10);
        times.StartTime.ShouldAllBe(t => t.ToDateTime().DayOfWeek != DayOfWeek.Saturday && t.ToDateTime().DayOfWeek != DayOfWeek.Sunday);
    });

    [Fact]
    public Task A_schedule_is_listed_refused_twice_and_deleted() => RunAsync(async (_, create) =>
    {
        var schedule = await create(new(), "quick", new() { Paused = true });

        await Should.ThrowAsync<ScheduleAlreadyRunningException>(() => server.Client.CreateScheduleAsync(
            schedule.Id, new(ScheduleActionStartWorkflow.Create((ScheduledWorkflow wf) => wf.RunAsync("quick"), new("x", "y")), new())));
        List<string> ids = [];
        await foreach (var listed in server.Client.ListSchedulesAsync())
        {
            ids.Add(listed.Id);
        }

        ids.ShouldContain(schedule.Id);
        await schedule.DeleteAsync();
        (await Should.ThrowAsync<RpcException>(() => schedule.DescribeAsync())).Code.ShouldBe(RpcException.StatusCode.NotFound);
    });

    private string Namespace => server.Client.Options.Namespace;

    private Task TriggerAtAsync(string scheduleId, DateTimeOffset at, ScheduleOverlapPolicy policy) => server.Client.WorkflowService.PatchScheduleAsync(new()
    {
        Namespace = Namespace,
        ScheduleId = scheduleId,
        Patch = new() { TriggerImmediately = new() { OverlapPolicy = policy, ScheduledTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(at) } },
    });

    private async Task StopAsync(string scheduleId)
    {
        await server.Client.GetScheduleHandle(scheduleId).DeleteAsync();
        await foreach (var running in server.Client.ListWorkflowsAsync($"TemporalScheduledById = '{scheduleId}' AND ExecutionStatus = 'Running'"))
        {
            await server.Client.GetWorkflowHandle(running.Id).TerminateAsync();
        }
    }

    private Task RunAsync(Func<Scenario, Func<ScheduleSpec, string, ScheduleState, Task<ScheduleHandle>>, Task> body) => Scenario.RunAsync(
        server.Client, options => options.AddWorkflow<ScheduledWorkflow>(), async scenario =>
        {
            List<ScheduleHandle> created = [];
            await body(scenario, async (spec, what, state) =>
            {
                var action = ScheduleActionStartWorkflow.Create((ScheduledWorkflow wf) => wf.RunAsync(what), new($"wf-{Guid.NewGuid()}", scenario.Queue));
                created.Add(await server.Client.CreateScheduleAsync($"schedule-{Guid.NewGuid()}", new(action, spec) { State = state }));
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
                    // The test deleted it itself.
                }
            }
        });

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
}
