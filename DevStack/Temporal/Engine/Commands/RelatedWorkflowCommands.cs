using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Commands;

/// <summary>Starts a child workflow, through the outbox.</summary>
public sealed class StartChildWorkflowExecution : ICommandHandler
{
    public CommandType Type => CommandType.StartChildWorkflowExecution;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var attributes = command.StartChildWorkflowExecutionCommandAttributes;
        if (attributes.WorkflowId.Length == 0 || string.IsNullOrEmpty(attributes.WorkflowType?.Name))
        {
            throw new BadCommandException(
                WorkflowTaskFailedCause.BadStartChildExecutionAttributes, "WorkflowId and WorkflowType must be set on StartChildWorkflowExecutionCommand.");
        }

        var e = tx.Append(command.Event(new()
        {
            StartChildWorkflowExecutionInitiatedEventAttributes = new()
            {
                Namespace = attributes.Namespace.Length > 0 ? attributes.Namespace : tx.State.Namespace,
                WorkflowId = attributes.WorkflowId,
                WorkflowType = attributes.WorkflowType,
                TaskQueue = new()
                {
                    Name = string.IsNullOrEmpty(attributes.TaskQueue?.Name) ? tx.State.TaskQueue : attributes.TaskQueue.Name,
                    Kind = TaskQueueKind.Normal,
                },
                Input = attributes.Input,
                WorkflowExecutionTimeout = attributes.WorkflowExecutionTimeout,
                WorkflowRunTimeout = attributes.WorkflowRunTimeout,
                WorkflowTaskTimeout = attributes.WorkflowTaskTimeout,
                ParentClosePolicy = attributes.ParentClosePolicy == ParentClosePolicy.Unspecified
                    ? ParentClosePolicy.Terminate
                    : attributes.ParentClosePolicy,
                Control = attributes.Control,
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
                WorkflowIdReusePolicy = attributes.WorkflowIdReusePolicy,
                RetryPolicy = attributes.RetryPolicy,
                CronSchedule = attributes.CronSchedule,
                Header = attributes.Header,
                Memo = attributes.Memo,
                SearchAttributes = attributes.SearchAttributes,
                Priority = attributes.Priority,
            },
        }));
        tx.Send(new StartChild(e.EventId));
    }
}

/// <summary>Signals another workflow, through the outbox.</summary>
public sealed class SignalExternalWorkflowExecution : ICommandHandler
{
    public CommandType Type => CommandType.SignalExternalWorkflowExecution;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var attributes = command.SignalExternalWorkflowExecutionCommandAttributes;
        if (string.IsNullOrEmpty(attributes.Execution?.WorkflowId) || attributes.SignalName.Length == 0)
        {
            throw new BadCommandException(
                WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes, "WorkflowId and SignalName must be set on SignalExternalWorkflowExecutionCommand.");
        }

        var e = tx.Append(command.Event(new()
        {
            SignalExternalWorkflowExecutionInitiatedEventAttributes = new()
            {
                Namespace = attributes.Namespace.Length > 0 ? attributes.Namespace : tx.State.Namespace,
                WorkflowExecution = attributes.Execution,
                SignalName = attributes.SignalName,
                Input = attributes.Input,
                Header = attributes.Header,
                Control = attributes.Control,
                ChildWorkflowOnly = attributes.ChildWorkflowOnly,
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
            },
        }));
        tx.Send(new SignalExternal(e.EventId));
    }
}

/// <summary>Asks another workflow to cancel itself, through the outbox.</summary>
public sealed class RequestCancelExternalWorkflowExecution : ICommandHandler
{
    public CommandType Type => CommandType.RequestCancelExternalWorkflowExecution;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var attributes = command.RequestCancelExternalWorkflowExecutionCommandAttributes;
        if (attributes.WorkflowId.Length == 0)
        {
            throw new BadCommandException(
                WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes,
                "WorkflowId must be set on RequestCancelExternalWorkflowExecutionCommand.");
        }

        var e = tx.Append(command.Event(new()
        {
            RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = new()
            {
                Namespace = attributes.Namespace.Length > 0 ? attributes.Namespace : tx.State.Namespace,
                WorkflowExecution = new() { WorkflowId = attributes.WorkflowId, RunId = attributes.RunId },
                Control = attributes.Control,
                ChildWorkflowOnly = attributes.ChildWorkflowOnly,
                Reason = attributes.Reason,
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
            },
        }));
        tx.Send(new CancelExternal(e.EventId));
    }
}
