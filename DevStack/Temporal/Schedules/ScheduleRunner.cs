using Stedi.DevStack.Temporal.Common;
using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Brings a schedule up to the present: notices what ended, collects what is due, starts what may start.</summary>
public sealed class ScheduleRunner(ScheduleActions actions, TimeProvider clock)
{
    /// <summary>How many actions may wait; what falls due beyond is dropped.</summary>
    public const int MaxBufferedActions = 1000;

    private static readonly TimeSpan DefaultCatchUp = TimeSpan.FromDays(365);
    private static readonly TimeSpan ShortestCatchUp = TimeSpan.FromSeconds(10);

    public async Task AdvanceAsync(ScheduleRecord record)
    {
        await actions.ObserveAsync(record);
        Collect(record, clock.GetUtcNow());
        await StartDueAsync(record);
    }

    /// <summary>When the schedule has to be looked at next, or <c>null</c>.</summary>
    public static DateTimeOffset? NextDue(ScheduleRecord record) =>
        ScheduleTimes.Next(record.Schedule.Spec, record.ScheduleId, record.ProcessedUntil)?.Actual;

    public static ScheduleOverlapPolicy OverlapOf(Schedule schedule, ScheduleOverlapPolicy asked = ScheduleOverlapPolicy.Unspecified) =>
        asked != ScheduleOverlapPolicy.Unspecified ? asked
        : schedule.Policies is { OverlapPolicy: not ScheduleOverlapPolicy.Unspecified } policies ? policies.OverlapPolicy
        : ScheduleOverlapPolicy.Skip;

    public static bool CanAct(ScheduleState state) => !state.Paused && !(state.LimitedActions && state.RemainingActions <= 0);

    private static void Collect(ScheduleRecord record, DateTimeOffset now)
    {
        var asked = record.Schedule.Policies?.CatchupWindow.ToSpan() ?? TimeSpan.Zero;
        var catchUp = asked == TimeSpan.Zero ? DefaultCatchUp : asked < ShortestCatchUp ? ShortestCatchUp : asked;
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

    /// <summary>Whether an action waits for the running one to end; it may hasten that end.</summary>
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
