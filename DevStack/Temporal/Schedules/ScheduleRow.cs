using System.Text.Json;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>A schedule as queries see it: as official servers show the workflow that is a schedule there.</summary>
internal static class ScheduleRow
{
    /// <summary>The attribute that a query for runs must name to see schedules among them.</summary>
    public const string Division = "TemporalNamespaceDivision";

    public static VisibilityRow Of(ScheduleRecord record)
    {
        var attributes = record.SearchAttributes?.Clone() ?? new SearchAttributes();
        attributes.IndexedFields["ScheduleId"] = AttributePayload.Of(record.ScheduleId);
        attributes.IndexedFields[Division] = AttributePayload.Of("TemporalScheduler");
        attributes.IndexedFields["TemporalSchedulePaused"] = new()
        {
            Metadata = { ["type"] = ByteString.CopyFromUtf8("Bool") },
            Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(record.Schedule.State.Paused)),
        };
        return new(record.Namespace, new()
        {
            Execution = new() { WorkflowId = $"temporal-sys-scheduler:{record.ScheduleId}" },
            Type = new() { Name = "temporal-sys-scheduler-workflow" },
            StartTime = record.Info.CreateTime,
            ExecutionTime = record.Info.CreateTime,
            Status = WorkflowExecutionStatus.Running,
            SearchAttributes = attributes,
        });
    }
}
