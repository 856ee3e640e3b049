using Stedi.DevStack.Temporal.Common;
using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Validates and applies clients' changes to schedules.</summary>
internal static class ScheduleChanges
{
    /// <summary>The schedule as it is stored: all parts present, the specification normalized.</summary>
    /// <exception cref="RequestException">It has no action, or its specification is invalid.</exception>
    public static Schedule Validated(Schedule? schedule)
    {
        if (schedule?.Action?.StartWorkflow is not { } workflow
            || string.IsNullOrEmpty(workflow.WorkflowType?.Name) || string.IsNullOrEmpty(workflow.TaskQueue?.Name) || workflow.WorkflowId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("The schedule has no workflow to start: its action needs a workflow id, type and task queue.");
        }

        var normal = schedule.Clone();
        normal.Spec = ScheduleSpecNormalizer.Normalize(schedule.Spec);
        normal.State ??= new();
        normal.Policies ??= new();
        normal.Policies.OverlapPolicy = ScheduleRunner.OverlapOf(normal);
        normal.Policies.CatchupWindow ??= TimeSpan.FromDays(365).ToDuration();
        return normal;
    }

    public static ByteString ConflictTokenOf(ScheduleRecord record) => ByteString.CopyFrom(BitConverter.GetBytes(record.Revision));

    public static void Patch(ScheduleRecord record, SchedulePatch? patch, DateTimeOffset now)
    {
        if (patch is null)
        {
            return;
        }

        if (patch.TriggerImmediately is { } trigger)
        {
            var nominal = trigger.ScheduledTime?.ToMoment() ?? now;
            record.Due.Add(new(nominal, ScheduleRunner.OverlapOf(record.Schedule, trigger.OverlapPolicy), IsManual: true));
        }

        foreach (var backfill in patch.BackfillRequest)
        {
            var overlap = ScheduleRunner.OverlapOf(record.Schedule, backfill.OverlapPolicy);
            if (backfill.StartTime is null || backfill.EndTime is null)
            {
                throw RpcErrors.InvalidArgument("A backfill needs StartTime and EndTime.");
            }

            var (start, end) = (backfill.StartTime.ToMoment(), backfill.EndTime.ToMoment());
            record.Due.AddRange(ScheduleTimes.Between(record.Schedule.Spec, record.ScheduleId, start.AddTicks(-1), end)
                .Select(time => new DueAction(time.Nominal, overlap, IsManual: true))
                .Where(action => record.Due.All(due => due.Nominal != action.Nominal))
                .Take(Math.Max(0, ScheduleRunner.MaxBufferedActions - record.Due.Count))
                .ToArray());
        }

        if (patch.Pause.Length > 0)
        {
            (record.Schedule.State.Paused, record.Schedule.State.Notes) = (true, patch.Pause);
        }

        if (patch.Unpause.Length > 0)
        {
            (record.Schedule.State.Paused, record.Schedule.State.Notes) = (false, patch.Unpause);
        }
    }
}
