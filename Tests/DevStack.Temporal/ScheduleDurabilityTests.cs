using Microsoft.Extensions.Time.Testing;
using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>Schedules across restarts and outages of the server, with a fake clock.</summary>
public sealed class ScheduleDurabilityTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2030, 1, 7, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("stedi-temporal-").FullName;
    private readonly FakeTimeProvider _clock = new(Monday);
    private readonly ErrorLog _log = new();
    private TemporalServer _server = null!;
    private ITemporalClient _client = null!;

    public ValueTask InitializeAsync() => StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Restart_WithCatchUpWindow_StartsOnlyMissedTimesWithinIt()
    {
        var schedule = await CreateAsync(new() { Overlap = ScheduleOverlapPolicy.AllowAll, CatchupWindow = TimeSpan.FromMinutes(90) });
        _clock.Advance(TimeSpan.FromHours(1));
        await Scenario.EventuallyAsync(async () => (await InfoAsync(schedule)).ActionCount == 1);

        await OutageAsync(TimeSpan.FromMinutes(310));

        await Scenario.EventuallyAsync(async () => (await InfoAsync(schedule)).ActionCount == 3);
        var info = await InfoAsync(schedule);
        info.MissedCatchupWindow.ShouldBe(3);
        info.RecentActions.Select(a => a.ScheduleTime.ToDateTimeOffset()).ShouldBe([Monday.AddHours(1), Monday.AddHours(5), Monday.AddHours(6)]);
        info.FutureActionTimes[0].ToDateTimeOffset().ShouldBe(Monday.AddHours(7));
    }

    [Fact]
    public async Task Restart_WithDefaultCatchUpWindow_StartsAllMissedTimes()
    {
        var schedule = await CreateAsync(new() { Overlap = ScheduleOverlapPolicy.AllowAll });

        await OutageAsync(TimeSpan.FromHours(5));

        await Scenario.EventuallyAsync(async () => (await InfoAsync(schedule)).ActionCount == 5);
        (await InfoAsync(schedule)).MissedCatchupWindow.ShouldBe(0);
    }

    [Fact]
    public async Task Restart_WithSchedule_KeepsDefinitionAndInfo()
    {
        var schedule = await CreateAsync(new() { Overlap = ScheduleOverlapPolicy.BufferAll, PauseOnFailure = true });
        await schedule.TriggerAsync();
        await schedule.TriggerAsync(new() { Overlap = ScheduleOverlapPolicy.BufferAll });
        await schedule.PauseAsync("for the night");
        var before = await schedule.DescribeAsync();

        await OutageAsync(TimeSpan.Zero);

        var after = await _client.GetScheduleHandle(schedule.Id).DescribeAsync();
        after.Schedule.State.ShouldBe(new() { Paused = true, Note = "for the night" });
        after.Schedule.Policy.ShouldBe(before.Schedule.Policy);
        after.Schedule.Spec.Intervals.ShouldBe(before.Schedule.Spec.Intervals);
        after.Info.NumActions.ShouldBe(1);
        var raw = await InfoAsync(schedule);
        raw.BufferSize.ShouldBe(1);
        raw.RunningWorkflows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Restart_WithBufferedStart_StartsItWhenRunningWorkflowEnds()
    {
        var schedule = await CreateAsync(new() { Overlap = ScheduleOverlapPolicy.BufferAll });
        _clock.Advance(TimeSpan.FromHours(2));
        await Scenario.EventuallyAsync(async () => (await InfoAsync(schedule)).BufferSize == 1);
        var running = (await InfoAsync(schedule)).RunningWorkflows.ShouldHaveSingleItem();

        await OutageAsync(TimeSpan.Zero);
        await _client.GetWorkflowHandle(running.WorkflowId).TerminateAsync();

        await Scenario.EventuallyAsync(async () => (await InfoAsync(schedule)).ActionCount == 2);
        (await InfoAsync(schedule)).BufferSize.ShouldBe(0);
    }

    [Fact]
    public async Task Unpause_AfterMissedTimes_StartsNoneOfThem()
    {
        var schedule = await CreateAsync(new() { Overlap = ScheduleOverlapPolicy.AllowAll });
        await schedule.PauseAsync();

        await OutageAsync(TimeSpan.FromHours(3.5));
        await _client.GetScheduleHandle(schedule.Id).UnpauseAsync();
        _clock.Advance(TimeSpan.FromHours(1));

        await Scenario.EventuallyAsync(async () => (await InfoAsync(schedule)).ActionCount > 0);
        (await InfoAsync(schedule)).RecentActions.ShouldHaveSingleItem().ScheduleTime.ToDateTimeOffset().ShouldBe(Monday.AddHours(4));
    }

    [Fact]
    public async Task Unpause_BeforeScheduleWasEvaluated_StartsNoTimeOfPause()
    {
        await _server.DisposeAsync();
        var clock = new ClockWithoutTimers();
        _server = await TemporalServer.StartAsync(new() { TimeProvider = clock, LoggerFactory = _log });
        _client = await TemporalClient.ConnectAsync(new(_server.Target));
        var schedule = await CreateAsync(new() { Overlap = ScheduleOverlapPolicy.AllowAll });
        await schedule.PauseAsync();

        clock.Now = Monday.AddHours(3.5);
        await schedule.UnpauseAsync();
        clock.Now = Monday.AddHours(4.5);
        await schedule.TriggerAsync();

        var info = await InfoAsync(schedule);
        info.RecentActions.Select(a => a.ScheduleTime.ToDateTimeOffset()).ShouldBe([Monday.AddHours(4), Monday.AddHours(4.5)]);
    }

    private async ValueTask StartAsync()
    {
        _server = await TemporalServer.StartAsync(new() { StateFile = Path.Combine(_folder, "state.db"), TimeProvider = _clock, LoggerFactory = _log });
        _client = await TemporalClient.ConnectAsync(new(_server.Target));
    }

    private async Task OutageAsync(TimeSpan duration)
    {
        await _server.DisposeAsync();
        _clock.Advance(duration);
        await StartAsync();
        _log.Errors.ShouldBeEmpty();
    }

    private Task<ScheduleHandle> CreateAsync(SchedulePolicy policy) => _client.CreateScheduleAsync(
        $"schedule-{Guid.NewGuid()}",
        new(
            ScheduleActionStartWorkflow.Create((FuzzedWorkflow.EchoWorkflow wf) => wf.RunAsync("x"), new("scheduled", Scenario.NewQueue())),
            new() { Intervals = [new(TimeSpan.FromHours(1))] })
        { Policy = policy });

    private async Task<Temporalio.Api.Schedule.V1.ScheduleInfo> InfoAsync(ScheduleHandle schedule) =>
        (await _client.WorkflowService.DescribeScheduleAsync(new() { Namespace = "default", ScheduleId = schedule.Id })).Info;

    /// <summary>A clock whose timers never fire, so that only requests advance schedules.</summary>
    private sealed class ClockWithoutTimers : TimeProvider
    {
        private long _ticks = Monday.UtcTicks;

        public DateTimeOffset Now
        {
            get => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
            set => Interlocked.Exchange(ref _ticks, value.UtcTicks);
        }

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
