using Stedi.DevStack.Temporal.Executions.Outbox;

namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Asks another workflow to cancel itself, through the outbox.</summary>
public sealed class RequestCancelExternalWorkflow : ICommandHandler
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
