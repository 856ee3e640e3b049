using Stedi.DevStack.Temporal.Executions.Outbox;

namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Starts a child workflow, through the outbox.</summary>
public sealed class StartChildWorkflow : ICommandHandler
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
