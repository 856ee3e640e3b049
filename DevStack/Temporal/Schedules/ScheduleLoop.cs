using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Timers;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Advances schedules when their time comes, when they change, and when a workflow they started closes.</summary>
public sealed partial class ScheduleLoop(ScheduleDirectory book, ScheduleRunner runner, VirtualClock clock, ILogger<ScheduleLoop> logger)
    : ICommitListener, IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task _loop = Task.CompletedTask;

    public void Start()
    {
        book.Changed += Wake;
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
        book.Changed -= Wake;
        clock.Skipped -= Wake;
        await _stopping.CancelAsync();
        await _loop;
    }

    private void Wake() => _wakeUps.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            foreach (var record in book.All.Where(NeedsLook))
            {
                await AdvanceAsync(record);
            }

            await WaitAsync();
        }
    }

    private bool NeedsLook(ScheduleRecord record) =>
        record.Due.Count > 0 || record.Info.RunningWorkflows.Count > 0 || ScheduleRunner.NextDue(record) <= clock.GetUtcNow();

    private async Task AdvanceAsync(ScheduleRecord record)
    {
        try
        {
            await book.DecideAsync(record.Namespace, record.ScheduleId, async current =>
            {
                await runner.AdvanceAsync(current);
                return true;
            });
        }
        catch (Exception e)
        {
            // The top of the loop: one schedule's trouble must not stop the others.
            LogFailed(e, record.ScheduleId);
        }
    }

    private async Task WaitAsync()
    {
        var next = book.All.Select(ScheduleRunner.NextDue).Min();
        var wait = next - clock.GetUtcNow() is { } until ? ProtobufTime.Min(until, LongestWait) : LongestWait;
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var woken = _wakeUps.Reader.WaitToReadAsync(over.Token).AsTask();
        var delay = Task.Delay(wait, clock, over.Token);
        // The delay counts from its creation: if the clock was turned since the wait was computed, it would end too late.
        if (next is null || next > clock.GetUtcNow())
        {
            await Task.WhenAny(woken, delay);
        }

        _wakeUps.Reader.TryRead(out _);
        await over.CancelAsync();
    }

    [LoggerMessage(4, LogLevel.Error, "Schedule {ScheduleId} could not be advanced; it is tried again")]
    private partial void LogFailed(Exception exception, string scheduleId);
}
