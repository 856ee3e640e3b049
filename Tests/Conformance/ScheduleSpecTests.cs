using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Stedi.Conformance.Tests;

/// <summary>The times of schedule specifications.</summary>
public sealed class ScheduleSpecTests(ConformanceServer server)
{
    private static readonly DateTimeOffset Monday = new(2030, 1, 7, 0, 0, 0, TimeSpan.Zero);

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

    private string Namespace => server.Client.Options.Namespace;

    private async Task<DateTimeOffset[]> MatchingAsync(ScheduleHandle schedule, DateTimeOffset from, DateTimeOffset to) =>
        [.. (await server.Client.WorkflowService.ListScheduleMatchingTimesAsync(new()
        {
            Namespace = Namespace,
            ScheduleId = schedule.Id,
            StartTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(from),
            EndTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(to),
        })).StartTime.Select(time => time.ToDateTimeOffset())];

    private Task RunAsync(Func<Scenario, CreateSchedule, Task> body) => ScheduleScenario.RunAsync(server.Client, body);
}
