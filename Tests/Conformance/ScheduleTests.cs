using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Schedules;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Stedi.Conformance.Tests;

/// <summary>What schedules do: actions, overlap policies, backfills, updates and lists.</summary>
public sealed class ScheduleTests(ConformanceServer server)
{
    private static readonly DateTimeOffset Monday = new(2030, 1, 7, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public Task Schedule_WithInterval_StartsWorkflows() => RunAsync(async (scenario, create) =>
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
    public Task PausedSchedule_WhenTriggered_StartsWorkflow() => RunAsync(async (_, create) =>
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
    public Task Backfill_OfPastRange_StartsEachTimeOnce() => RunAsync(async (_, create) =>
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
    public Task Trigger_WhileRunning_FollowsOverlapPolicy(ScheduleOverlapPolicy policy, int running, int buffered) => RunAsync(async (_, create) =>
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
    public Task Trigger_WithStoppingOverlapPolicy_StopsRunningWorkflow(ScheduleOverlapPolicy policy, WorkflowExecutionStatus status) => RunAsync(async (_, create) =>
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
    public Task Schedule_WithPauseOnFailure_PausesWhenWorkflowFails() => RunAsync(async (_, create) =>
    {
        var schedule = await create(new(), "fail", new());
        await schedule.UpdateAsync(input => new(input.Description.Schedule with { Policy = new() { PauseOnFailure = true } }));

        await schedule.TriggerAsync();

        await Scenario.EventuallyAsync(async () => (await schedule.DescribeAsync()).Schedule.State.Paused);
        (await schedule.DescribeAsync()).Schedule.State.Note!.ShouldContain("failure");
    });

    [Fact]
    public Task Schedule_WithLimitedActions_StopsAtLimit() => RunAsync(async (_, create) =>
    {
        var schedule = await create(
            new() { Intervals = [new(TimeSpan.FromSeconds(1))] }, "quick", new() { LimitedActions = true, RemainingActions = 1 });

        await Scenario.EventuallyAsync(async () => (await schedule.DescribeAsync()).Schedule.State.RemainingActions == 0);

        (await schedule.DescribeAsync()).Info.NextActionTimes.ShouldBeEmpty();
    });

    [Fact]
    public Task Schedule_OnceCreated_IsListedUniqueAndDeletable() => RunAsync(async (_, create) =>
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

    [Fact]
    public Task Create_WithInitialPatch_AppliesItAtOnce() => RunAsync(async (scenario, _) =>
    {
        var action = ScheduleActionStartWorkflow.Create((ScheduledWorkflow wf) => wf.RunAsync("quick"), new($"wf-{Guid.NewGuid()}", scenario.Queue));
        var schedule = await server.Client.CreateScheduleAsync(
            $"schedule-{Guid.NewGuid()}",
            new(action, new() { Intervals = [new(TimeSpan.FromMinutes(1))] }) { State = new() { Paused = true } },
            new()
            {
                TriggerImmediately = true,
                Backfills = [new(Monday.AddSeconds(-1).UtcDateTime, Monday.AddMinutes(1).UtcDateTime, ScheduleOverlapPolicy.AllowAll)],
            });

        var info = (await schedule.DescribeAsync()).Info;
        await schedule.DeleteAsync();

        info.NumActions.ShouldBe(3);
        var runs = info.RecentActions.Select(recent => recent.Action.ShouldBeOfType<ScheduleActionExecutionStartWorkflow>());
        foreach (var run in runs)
        {
            (await server.Client.GetWorkflowHandle<ScheduledWorkflow, string>(run.WorkflowId, run.FirstExecutionRunId).GetResultAsync()).ShouldBe("quick");
        }
    });

    [Fact]
    public Task Backfills_OfOverlappingRanges_StartSharedTimeOnce() => RunAsync(async (_, create) =>
    {
        var schedule = await create(new() { Intervals = [new(TimeSpan.FromMinutes(1))] }, "quick", new() { Paused = true });

        await schedule.BackfillAsync(
        [
            new(Monday.UtcDateTime, Monday.AddMinutes(2).UtcDateTime, ScheduleOverlapPolicy.AllowAll),
            new(Monday.AddMinutes(2).UtcDateTime, Monday.AddMinutes(4).UtcDateTime, ScheduleOverlapPolicy.AllowAll),
        ]);

        (await schedule.DescribeAsync()).Info.NumActions.ShouldBe(5);
    });

    [Fact]
    public Task List_BySearchAttribute_FollowsUpdates() => RunAsync(async (_, create) =>
    {
        var zone = SearchAttributeKey.CreateKeyword("StediZone");
        var rows = SearchAttributeKey.CreateLong("StediRows");
        await Scenario.RegisterAsync(server.Client, zone, rows);
        var marker = $"zone-{Guid.NewGuid()}";
        var (first, second, unmarked) = (
            await create(new(), "quick", new() { Paused = true }), await create(new(), "quick", new()), await create(new(), "quick", new()));
        foreach (var schedule in new[] { first, second })
        {
            await schedule.UpdateAsync(input => new(input.Description.Schedule)
            {
                TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(zone, marker).Set(rows, 7).ToSearchAttributeCollection(),
            });
        }

        (await FoundAsync($"StediZone = '{marker}'")).ShouldBe([first.Id, second.Id], ignoreOrder: true);
        (await FoundAsync($"StediZone = '{marker}' AND TemporalSchedulePaused = true")).ShouldBe([first.Id]);
        (await FoundAsync($"ScheduleId = '{unmarked.Id}'")).ShouldBe([unmarked.Id]);
        (await server.Client.WorkflowService.CountSchedulesAsync(new() { Namespace = Namespace, Query = $"StediZone = '{marker}'" })).Count.ShouldBe(2);

        await first.UpdateAsync(input => new(input.Description.Schedule)
        {
            TypedSearchAttributes = new SearchAttributeCollection.Builder(input.Description.TypedSearchAttributes).Set(zone, $"{marker}-new").ToSearchAttributeCollection(),
        });
        await second.UpdateAsync(input => new(input.Description.Schedule) { TypedSearchAttributes = SearchAttributeCollection.Empty });

        (await FoundAsync($"StediZone = '{marker}'")).ShouldBeEmpty();
        (await FoundAsync($"StediZone = '{marker}-new' AND StediRows = 7")).ShouldBe([first.Id]);
        (await second.DescribeAsync()).TypedSearchAttributes.ShouldBe(SearchAttributeCollection.Empty);
    });

    [Fact]
    public Task Update_ReturningNull_ChangesNothing() => RunAsync(async (_, create) =>
    {
        var schedule = await create(new(), "quick", new() { Paused = true });
        await schedule.UpdateAsync(input =>
        {
            input.Description.Schedule.Action.ShouldBeOfType<ScheduleActionStartWorkflow>().Options.TaskTimeout = TimeSpan.FromMinutes(7);
            return new(input.Description.Schedule);
        });
        var before = await schedule.DescribeAsync();

        await schedule.UpdateAsync(_ => (ScheduleUpdate?)null);

        var after = await schedule.DescribeAsync();
        after.Info.LastUpdatedAt.ShouldBe(before.Info.LastUpdatedAt);
        after.Schedule.Action.ShouldBeOfType<ScheduleActionStartWorkflow>().Options.TaskTimeout.ShouldBe(TimeSpan.FromMinutes(7));
    });

    private string Namespace => server.Client.Options.Namespace;

    private async Task<List<string>> FoundAsync(string query)
    {
        List<string> ids = [];
        await foreach (var schedule in server.Client.ListSchedulesAsync(new() { Query = query }))
        {
            ids.Add(schedule.Id);
        }

        return ids;
    }

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

    private Task RunAsync(Func<Scenario, CreateSchedule, Task> body) => ScheduleScenario.RunAsync(server.Client, body);
}
