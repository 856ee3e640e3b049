namespace Stedi.DevStack.Temporal.Executions.Entities;

/// <summary>A child workflow, as its parent sees it.</summary>
public static class ChildMachine
{
    public static readonly Transition<ChildState, ChildPhase, string> Start = new(
        nameof(Start), [ChildPhase.Initiated], ChildPhase.Started, static (child, tx, runId) =>
        {
            child.RunId = runId;
            var initiated = Initiated(child, tx);
            tx.Append(new()
            {
                ChildWorkflowExecutionStartedEventAttributes = new()
                {
                    InitiatedEventId = child.InitiatedEventId,
                    Namespace = initiated.Namespace,
                    WorkflowExecution = new() { WorkflowId = child.WorkflowId, RunId = runId },
                    WorkflowType = initiated.WorkflowType,
                    Header = initiated.Header,
                },
            });
        });

    public static readonly Transition<ChildState, ChildPhase, StartChildWorkflowExecutionFailedCause> FailToStart = new(
        nameof(FailToStart), [ChildPhase.Initiated], ChildPhase.Closed, static (child, tx, cause) =>
        {
            var initiated = Initiated(child, tx);
            tx.Append(new()
            {
                StartChildWorkflowExecutionFailedEventAttributes = new()
                {
                    InitiatedEventId = child.InitiatedEventId,
                    Namespace = initiated.Namespace,
                    WorkflowId = child.WorkflowId,
                    WorkflowType = initiated.WorkflowType,
                    Cause = cause,
                    Control = initiated.Control,
                    WorkflowTaskCompletedEventId = initiated.WorkflowTaskCompletedEventId,
                },
            });
        });

    public static readonly Transition<ChildState, ChildPhase, HistoryEvent> Close = new(
        nameof(Close), [ChildPhase.Started], ChildPhase.Closed, static (_, tx, closed) => tx.Append(closed));

    private static StartChildWorkflowExecutionInitiatedEventAttributes Initiated(ChildState child, Transaction tx) =>
        tx.History[child.InitiatedEventId].StartChildWorkflowExecutionInitiatedEventAttributes;
}
