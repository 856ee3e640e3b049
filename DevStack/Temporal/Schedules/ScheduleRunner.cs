using Stedi.DevStack.Temporal.Common;
using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Advances a schedule to the current time: observes closed workflows, collects due actions and starts those the overlap policy allows.</summary>
public sealed class ScheduleRunner(ScheduleActions actions, TimeProvider clock)
{
    /// <summary>How many actions may wait; further ones are dropped.</summary>
    public const int MaxBufferedActions = 1000;

    private static readonly TimeSpan DefaultCatchUp = TimeSpan.FromDays(365);
    private static readonly TimeSpan ShortestCatchUp = TimeSpan.FromSeconds(10);

    public async Task AdvanceAsync(ScheduleRecord record)
    {
        await actions.ObserveAsync(record);
        Collect(record, clock.GetUtcNow());
        await StartDueAsync(record);
    }

    /// <summary>The next time of the schedule that is not handled yet, or <c>null</c>.</summary>
    public static DateTimeOffset? NextDue(ScheduleRecord record) =>
        ScheduleTimes.Next(record.Schedule.Spec, record.ScheduleId, record.ProcessedUntil)?.Actual;

    public static ScheduleOverlapPolicy OverlapOf(Schedule schedule, ScheduleOverlapPolicy requested = ScheduleOverlapPolicy.Unspecified) =>
        requested != ScheduleOverlapPolicy.Unspecified ? requested
        : schedule.Policies is { OverlapPolicy: not ScheduleOverlapPolicy.Unspecified } policies ? policies.OverlapPolicy
        : ScheduleOverlapPolicy.Skip;

    public static bool CanAct(ScheduleState state) => !state.Paused && !(state.LimitedActions && state.RemainingActions <= 0);

    private static void Collect(ScheduleRecord record, DateTimeOffset now)
    {
        var configured = record.Schedule.Policies?.CatchupWindow.ToSpan() ?? TimeSpan.Zero;
        var catchUp = configured == TimeSpan.Zero ? DefaultCatchUp : configured < ShortestCatchUp ? ShortestCatchUp : configured;
        while (ScheduleTimes.Next(record.Schedule.Spec, record.ScheduleId, record.ProcessedUntil) is { } time && time.Actual <= now)
        {
            record.ProcessedUntil = time.Nominal;
            if (!CanAct(record.Schedule.State))
            {
                continue;
            }

            if (now - time.Actual > catchUp)
            {
                record.Info.MissedCatchupWindow++;
            }
            else if (record.Due.Count >= MaxBufferedActions)
            {
                record.Info.BufferDropped++;
            }
            else
            {
                record.Due.Add(new(time.Nominal, OverlapOf(record.Schedule), IsManual: false));
            }
        }
    }

    private async Task StartDueAsync(ScheduleRecord record)
    {
        List<DueAction> waiting = [];
        foreach (var action in record.Due)
        {
            if (!action.IsManual && !CanAct(record.Schedule.State))
            {
                continue;
            }

            var isRunning = record.Info.RunningWorkflows.Count > 0;
            if (!isRunning || action.Overlap == ScheduleOverlapPolicy.AllowAll)
            {
                await actions.StartAsync(record, action);
            }
            else if (await WaitsAsync(record, action, waiting))
            {
                waiting.Add(action);
            }
            else
            {
                record.Info.OverlapSkipped++;
            }
        }

        record.Due = waiting;
        record.Info.BufferSize = waiting.Count;
    }

    /// <summary>Whether an action waits for the running workflow to close. Stops that workflow if the overlap policy says so.</summary>
    private async Task<bool> WaitsAsync(ScheduleRecord record, DueAction action, List<DueAction> waiting)
    {
        switch (action.Overlap)
        {
            case ScheduleOverlapPolicy.BufferAll:
                return true;
            case ScheduleOverlapPolicy.BufferOne:
                return waiting.Count == 0;
            case ScheduleOverlapPolicy.CancelOther:
            case ScheduleOverlapPolicy.TerminateOther:
                await actions.StopRunningAsync(record, terminate: action.Overlap == ScheduleOverlapPolicy.TerminateOther);
                waiting.Clear();
                return true;
            default:
                return false;
        }
    }
}
