using Stedi.DevStack.Temporal.Executions.Outbox;

namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Signals another workflow, through the outbox.</summary>
public sealed class SignalExternalWorkflow : ICommandHandler
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
