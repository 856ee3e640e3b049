namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Closes the run as cancelled.</summary>
public sealed class CancelWorkflow : ICommandHandler
{
    public CommandType Type => CommandType.CancelWorkflowExecution;

    public bool Closes => true;

    public void Apply(Transaction tx, Command command, CommandScope scope) => RunCloser.Close(tx, command.Event(new()
    {
        WorkflowExecutionCanceledEventAttributes = new()
        {
            Details = command.CancelWorkflowExecutionCommandAttributes.Details,
            WorkflowTaskCompletedEventId = scope.CompletedEventId,
        },
    }));
}
