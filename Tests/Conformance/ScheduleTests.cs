using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Schedules;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

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

    [Theory]
    [InlineData("0 6 * * 1", "2030-01-07T06:00:00Z")]
    [InlineData("30 5 15 1 *", "2030-01-15T05:30:00Z")]
    [InlineData("@daily", "2030-01-07T00:00:00Z")]
    [InlineData("CRON_TZ=Europe/Berlin 0 6 * * *", "2030-01-07T05:00:00Z")]
    [InlineData("15 0 0 29 2 * 2032", "2032-02-29T00:00:15Z")]
    [InlineData("0 12 * * SAT,SUN", "2030-01-12T12:00:00Z")]
    [InlineData("@every 8h/2h", "2030-01-07T02:00:00Z")]
    public Task Schedule_WithCronString_HasItsTimes(string cron, string first) => RunAsync(async (_, create) =>
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
    public Task Schedule_WithExclusions_SkipsExcludedTimes() => RunAsync(async (_, create) =>
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
    public Task Describe_WithCronString_ReturnsDefinitionWithCalendars() => RunAsync(async (scenario, _) =>
    {
        var spec = new ScheduleSpec
        {
            Calendars =
            [
                new() { Second = [new(1)], Minute = [new(2, 3)], Hour = [new(4, 5, 6)], DayOfMonth = [new(7)], Month = [new(9)], Year = [new(2080)], Comment = "rarely" },
            ],
            Intervals = [new(TimeSpan.FromDays(10), TimeSpan.FromDays(2))],
            CronExpressions = ["0 12 * * MON"],
            Skip = [new() { Year = [new(2050)] }],
            StartAt = new(2060, 7, 8, 9, 10, 11, DateTimeKind.Utc),
            EndAt = new(2090, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            Jitter = TimeSpan.FromSeconds(80),
        };
        var policy = new SchedulePolicy { Overlap = ScheduleOverlapPolicy.BufferOne, CatchupWindow = TimeSpan.FromMinutes(5), PauseOnFailure = true };
        var state = new ScheduleState { Note = "a note", Paused = true, LimitedActions = true, RemainingActions = 30 };
        var action = ScheduleActionStartWorkflow.Create(
            (ScheduledWorkflow wf) => wf.RunAsync("quick"),
            new($"wf-{Guid.NewGuid()}", scenario.Queue) { ExecutionTimeout = TimeSpan.FromHours(1), Memo = new Dictionary<string, object> { ["of"] = "the run" } });

        var schedule = await server.Client.CreateScheduleAsync(
            $"schedule-{Guid.NewGuid()}", new(action, spec) { Policy = policy, State = state }, new() { Memo = new Dictionary<string, object> { ["of"] = "the schedule" } });
        var description = await schedule.DescribeAsync();
        await schedule.DeleteAsync();

        var described = description.Schedule.Spec;
        Json(described.Calendars).ShouldBe(Json(new ScheduleCalendarSpec[]
        {
            spec.Calendars.Single(),
            new() { Hour = [new(12)], DayOfWeek = [new(1)] },
        }));
        Json(described with { Calendars = [] }).ShouldBe(Json(spec with { Calendars = [], CronExpressions = [] }));
        (description.Schedule.Policy, description.Schedule.State).ShouldBe((policy, state));
        var start = description.Schedule.Action.ShouldBeOfType<ScheduleActionStartWorkflow>();
        start.Options.ExecutionTimeout.ShouldBe(TimeSpan.FromHours(1));
        (await description.Memo["of"].ToValueAsync<string>()).ShouldBe("the schedule");

        static string Json(object value) => System.Text.Json.JsonSerializer.Serialize(value);
    });

    [Fact]
    public Task Schedule_WithEmptyCalendar_RunsEveryMidnight() => RunAsync(async (_, create) =>
    {
        var schedule = await create(new() { Calendars = [new()] }, "quick", new() { Paused = true });

        var times = (await schedule.DescribeAsync()).Info.NextActionTimes.ToArray();

        times.Length.ShouldBe(10);
        times.ShouldAllBe(time => time.TimeOfDay == TimeSpan.Zero);
        times.Zip(times.Skip(1), (one, next) => next - one).ShouldAllBe(gap => gap == TimeSpan.FromDays(1));
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

    [Theory]
    [InlineData("0 0 31 2 *", "")]
    [InlineData("99 * * * *", "minute")]
    [InlineData("CRON_TZ=Nowhere/Else * * * * *", "Nowhere/Else")]
    [InlineData("@every 1 fortnight", "duration")]
    [InlineData("* *", "fields")]
    public Task Create_WithCronString_RejectsInvalidButNotImpossible(string cron, string reason) => RunAsync(async (_, create) =>
    {
        var created = create(new() { CronExpressions = [cron] }, "quick", new() { Paused = true });

        if (reason.Length == 0)
        {
            (await (await created).DescribeAsync()).Info.NextActionTimes.ShouldBeEmpty();
        }
        else
        {
            var error = await Should.ThrowAsync<RpcException>(() => created);
            error.Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
            error.Message.ShouldContain(reason);
        }
    });

    [Fact]
    public Task Jitter_OfSchedule_IsBoundedAndDeterministic() => RunAsync(async (_, create) =>
    {
        var schedule = await create(new() { Intervals = [new(TimeSpan.FromHours(1))], Jitter = TimeSpan.FromMinutes(20) }, "quick", new() { Paused = true });

        var (once, again) = (await MatchingAsync(schedule, Monday, Monday.AddDays(1)), await MatchingAsync(schedule, Monday, Monday.AddDays(1)));

        once.ShouldBe(again);
        once.Select(time => (time - Monday).TotalMinutes % 60).ShouldAllBe(minutes => minutes < 20);
        once.Distinct().Count().ShouldBe(25);
    });

    [Fact]
    public Task Schedule_WithStartAndEnd_HasTimesBetweenThem() => RunAsync(async (_, create) =>
    {
        var schedule = await create(
            new() { Intervals = [new(TimeSpan.FromHours(1))], StartAt = Monday.AddHours(3).UtcDateTime, EndAt = Monday.AddHours(6).UtcDateTime }, "quick", new() { Paused = true });

        (await MatchingAsync(schedule, Monday, Monday.AddDays(1))).ShouldBe([Monday.AddHours(3), Monday.AddHours(4), Monday.AddHours(5), Monday.AddHours(6)]);
    });

    [Fact]
    public Task Schedule_ExcludingYearsOfSeconds_FindsNextTimeQuickly() => RunAsync(async (_, create) =>
    {
        var schedule = await create(
            new()
            {
                Intervals = [new(TimeSpan.FromSeconds(1))],
                Skip = [new() { Second = [new(0, 59)], Minute = [new(0, 59)], Hour = [new(0, 23)], Year = [new(2030)] }],
            },
            "quick",
            new() { Paused = true });

        (await MatchingAsync(schedule, Monday, Monday.AddYears(2)))[0].ShouldBe(new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
    });

    private async Task<DateTimeOffset[]> MatchingAsync(ScheduleHandle schedule, DateTimeOffset from, DateTimeOffset to) =>
        [.. (await server.Client.WorkflowService.ListScheduleMatchingTimesAsync(new()
        {
            Namespace = Namespace,
            ScheduleId = schedule.Id,
            StartTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(from),
            EndTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(to),
        })).StartTime.Select(time => time.ToDateTimeOffset())];

    private async Task<List<string>> FoundAsync(string query)
    {
        List<string> ids = [];
        await foreach (var schedule in server.Client.ListSchedulesAsync(new() { Query = query }))
        {
            ids.Add(schedule.Id);
        }

        return ids;
    }

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
                    // The test has deleted it.
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
