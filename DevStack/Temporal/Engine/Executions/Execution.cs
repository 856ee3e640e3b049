namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>The aggregate of one run: its history and its state. Only a <c>Transaction</c> changes it.</summary>
public sealed class Execution(ExecutionState state, HistoryLog history)
{
    public ExecutionState State => state;

    public HistoryLog History => history;

    /// <summary>Whether the store has it as a settled run; set by <c>RunRecords</c>.</summary>
    public bool IsKeptAsSettled { get; set; }

    public WorkflowExecutionStartedEventAttributes Started => history[1].WorkflowExecutionStartedEventAttributes;

    public WorkflowExecution Reference => new() { WorkflowId = state.WorkflowId, RunId = state.RunId };

    public ActivityTaskScheduledEventAttributes ScheduledActivity(long scheduledEventId) =>
        history[scheduledEventId].ActivityTaskScheduledEventAttributes;
}

/// <summary>A workflow id of a namespace, the unit of leasing.</summary>
public readonly record struct WorkflowKey(string Namespace, string WorkflowId)
{
    /// <summary>The key of the record that names the current run.</summary>
    public string RecordKey => $"{Namespace}\u001f{WorkflowId}";
}
