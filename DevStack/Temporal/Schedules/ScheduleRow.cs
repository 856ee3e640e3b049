using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>A schedule as queries for runs may ask for it: a real cluster runs each as a workflow, in a division of its own.</summary>
internal static class ScheduleRow
{
    /// <summary>The attribute that a query must name to see schedules among runs.</summary>
    public const string Division = "TemporalNamespaceDivision";

    private const string Schedulers = "TemporalScheduler";

    public static VisibilityRow Of(ScheduleRecord record) => new(record.Namespace, new()
    {
        Execution = new() { WorkflowId = $"temporal-sys-scheduler:{record.ScheduleId}" },
        Type = new() { Name = "temporal-sys-scheduler-workflow" },
        Status = WorkflowExecutionStatus.Running,
        StartTime = record.Info.CreateTime,
        ExecutionTime = record.Info.CreateTime,
        SearchAttributes = new(record.SearchAttributes ?? new())
        {
            IndexedFields = { [Division] = AttributePayload.Of(Schedulers) },
        },
    });
}
