using Stedi.DevStack.Temporal.Executions.History;

namespace Stedi.DevStack.Temporal.Executions;

/// <summary>The aggregate of one run: its history, and the state beside it. Only a <see cref="Transaction"/> changes it.</summary>
public sealed class Execution(ExecutionState state, HistoryLog history)
{
    public ExecutionState State => state;

    public HistoryLog History => history;

    /// <summary>Whether the store has it among settled runs; <see cref="RunRecords"/> sees to it.</summary>
    public bool IsKeptAsSettled { get; set; }

    public WorkflowExecutionStartedEventAttributes Started => history[1].WorkflowExecutionStartedEventAttributes;

    public WorkflowExecution Reference => new() { WorkflowId = state.WorkflowId, RunId = state.RunId };

    public ActivityTaskScheduledEventAttributes ScheduledActivity(long scheduledEventId) =>
        history[scheduledEventId].ActivityTaskScheduledEventAttributes;
}
