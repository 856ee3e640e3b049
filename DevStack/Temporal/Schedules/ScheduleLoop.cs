using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Timers;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Advances schedules when they are due, when they change, and when a workflow they started closes.</summary>
public sealed partial class ScheduleLoop(ScheduleDirectory schedules, ScheduleRunner runner, VirtualClock clock, ILogger<ScheduleLoop> logger)
    : ICommitListener, IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task _loop = Task.CompletedTask;

    public void Start()
    {
        schedules.Changed += Wake;
        clock.Skipped += Wake;
        _loop = Task.Run(RunAsync);
    }

    public void OnCommitted(Transaction transaction)
    {
        if (!transaction.State.IsRunning && transaction.State.SearchAttributes?.IndexedFields.ContainsKey("TemporalScheduledById") == true)
        {
            Wake();
        }
    }

    public async ValueTask DisposeAsync()
    {
        schedules.Changed -= Wake;
        clock.Skipped -= Wake;
        await _stopping.CancelAsync();
        await _loop;
    }

    private void Wake() => _wakeUps.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            foreach (var record in schedules.All.Where(NeedsAdvance))
            {
                await AdvanceAsync(record);
            }

            await WaitAsync();
        }
    }

    private bool NeedsAdvance(ScheduleRecord record) =>
        record.Due.Count > 0 || record.Info.RunningWorkflows.Count > 0 || ScheduleRunner.NextDue(record) <= clock.GetUtcNow();

    private async Task AdvanceAsync(ScheduleRecord record)
    {
        try
        {
            await schedules.DecideAsync(record.Namespace, record.ScheduleId, async current =>
            {
                await runner.AdvanceAsync(current);
                return true;
            });
        }
        catch (Exception e)
        {
            // A failure of one schedule must not stop the loop.
            LogFailed(e, record.ScheduleId);
        }
    }

    private async Task WaitAsync()
    {
        var next = schedules.All.Select(ScheduleRunner.NextDue).Min();
        var wait = next - clock.GetUtcNow() is { } until ? ProtobufTime.Min(until, LongestWait) : LongestWait;
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var waitCancellation = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var woken = _wakeUps.Reader.WaitToReadAsync(waitCancellation.Token).AsTask();
        var delay = Task.Delay(wait, clock, waitCancellation.Token);
        // The delay starts when it is created. If the clock has moved since the wait was calculated, it would end too late.
        if (next is null || next > clock.GetUtcNow())
        {
            await Task.WhenAny(woken, delay);
        }

        _wakeUps.Reader.TryRead(out _);
        await waitCancellation.CancelAsync();
    }

    [LoggerMessage(4, LogLevel.Error, "Schedule {ScheduleId} could not be advanced; it will be retried")]
    private partial void LogFailed(Exception exception, string scheduleId);
}
