using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Lifecycle;

namespace Stedi.DevStack.Temporal.Engine.Outbox;

/// <summary>Creates a child's run from its parent's initiated event, and the parent's event of the child's close.</summary>
internal static class ChildEvents
{
    public static NewRun NewRun(
        Envelope envelope,
        StartChild message,
        StartChildWorkflowExecutionInitiatedEventAttributes initiated,
        string requestId,
        DateTimeOffset now) => new(new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = initiated.WorkflowType,
            ParentWorkflowNamespace = envelope.Namespace,
            ParentWorkflowExecution = envelope.Run,
            ParentInitiatedEventId = message.InitiatedEventId,
            RootWorkflowExecution = envelope.Sender.Started.RootWorkflowExecution ?? envelope.Sender.Reference,
            TaskQueue = initiated.TaskQueue,
            Input = initiated.Input,
            Header = initiated.Header,
            WorkflowExecutionTimeout = initiated.WorkflowExecutionTimeout,
            WorkflowRunTimeout = initiated.WorkflowRunTimeout,
            WorkflowTaskTimeout = initiated.WorkflowTaskTimeout,
            RetryPolicy = initiated.RetryPolicy,
            CronSchedule = initiated.CronSchedule,
            FirstWorkflowTaskBackoff = initiated.CronSchedule.Length > 0
                ? CronBackoff.Until(initiated.CronSchedule, now, now).ToOptionalDuration()
                : null,
            Initiator = initiated.CronSchedule.Length > 0 ? ContinueAsNewInitiator.CronSchedule : ContinueAsNewInitiator.Unspecified,
            Memo = initiated.Memo,
            SearchAttributes = initiated.SearchAttributes,
            Priority = initiated.Priority,
        })
        {
            RequestId = requestId,
            UserMetadata = envelope.Sender.History[message.InitiatedEventId].UserMetadata,
        };

    public static HistoryEvent Closed(ChildState child, Envelope envelope, HistoryEvent closeEvent)
    {
        var (id, run, type) = (child.InitiatedEventId, envelope.Run, new WorkflowType { Name = child.WorkflowType });
        return closeEvent.AttributesCase switch
        {
            HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes => new()
            {
                ChildWorkflowExecutionCompletedEventAttributes = new()
                {
                    InitiatedEventId = id,
                    WorkflowExecution = run,
                    WorkflowType = type,
                    Namespace = envelope.Namespace,
                    Result = closeEvent.WorkflowExecutionCompletedEventAttributes.Result,
                },
            },
            HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes => new()
            {
                ChildWorkflowExecutionFailedEventAttributes = new()
                {
                    InitiatedEventId = id,
                    WorkflowExecution = run,
                    WorkflowType = type,
                    Namespace = envelope.Namespace,
                    Failure = closeEvent.WorkflowExecutionFailedEventAttributes.Failure,
                    RetryState = closeEvent.WorkflowExecutionFailedEventAttributes.RetryState,
                },
            },
            HistoryEvent.AttributesOneofCase.WorkflowExecutionCanceledEventAttributes => new()
            {
                ChildWorkflowExecutionCanceledEventAttributes = new()
                {
                    InitiatedEventId = id,
                    WorkflowExecution = run,
                    WorkflowType = type,
                    Namespace = envelope.Namespace,
                    Details = closeEvent.WorkflowExecutionCanceledEventAttributes.Details,
                },
            },
            HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes => new()
            {
                ChildWorkflowExecutionTimedOutEventAttributes = new()
                {
                    InitiatedEventId = id,
                    WorkflowExecution = run,
                    WorkflowType = type,
                    Namespace = envelope.Namespace,
                    RetryState = closeEvent.WorkflowExecutionTimedOutEventAttributes.RetryState,
                },
            },
            _ => new()
            {
                ChildWorkflowExecutionTerminatedEventAttributes = new()
                {
                    InitiatedEventId = id,
                    WorkflowExecution = run,
                    WorkflowType = type,
                    Namespace = envelope.Namespace,
                },
            },
        };
    }
}
