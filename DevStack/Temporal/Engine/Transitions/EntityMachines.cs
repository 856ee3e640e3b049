using Stedi.DevStack.Temporal.Engine.Executions;
using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>The state machine of a user timer.</summary>
public static class TimerMachine
{
    public static readonly Transition<TimerState, TimerPhase, Unit> Fire = new(
        nameof(Fire), [TimerPhase.Running], TimerPhase.Fired, static (timer, tx, _) => tx.Append(new()
        {
            TimerFiredEventAttributes = new() { TimerId = timer.TimerId, StartedEventId = timer.StartedEventId },
        }));

    /// <summary>Cancelling a timer discards its fired event if that is still buffered.</summary>
    public static readonly Transition<TimerState, TimerPhase, HistoryEvent> Cancel = new(
        nameof(Cancel), [TimerPhase.Running, TimerPhase.Fired], TimerPhase.Canceled, static (timer, tx, canceled) =>
        {
            tx.State.Buffered.RemoveAll(e => e.TimerFiredEventAttributes?.TimerId == timer.TimerId);
            tx.Append(canceled);
        });
}

/// <summary>The state machine of a child workflow, as its parent sees it.</summary>
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

/// <summary>The state machine of a signal or cancel request to another workflow.</summary>
public static class ExternalRequestMachine
{
    public static readonly Transition<ExternalRequestState, ExternalRequestPhase, HistoryEvent> Answer = new(
        nameof(Answer), [ExternalRequestPhase.Initiated], ExternalRequestPhase.Answered, static (_, tx, outcome) => tx.Append(outcome));
}

/// <summary>The state machine of an accepted update.</summary>
public static class UpdateMachine
{
    public static readonly Transition<UpdateState, UpdatePhase, Response> Complete = new(
        nameof(Complete), [UpdatePhase.Accepted], UpdatePhase.Completed, static (update, tx, response) => tx.Append(new()
        {
            WorkflowExecutionUpdateCompletedEventAttributes = new()
            {
                Meta = response.Meta ?? new() { UpdateId = update.UpdateId },
                AcceptedEventId = update.AcceptedEventId,
                Outcome = response.Outcome,
            },
        }));
}
