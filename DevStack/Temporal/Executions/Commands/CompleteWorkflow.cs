namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Closes the run with a result.</summary>
public sealed class CompleteWorkflow : ICommandHandler
{
    public CommandType Type => CommandType.CompleteWorkflowExecution;

    public bool Closes => true;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var result = command.CompleteWorkflowExecutionCommandAttributes.Result;
        var successor = Successors.AfterCompletion(tx, result);
        RunCloser.Close(tx, command.Event(new()
        {
            WorkflowExecutionCompletedEventAttributes = new()
            {
                Result = result,
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
                NewExecutionRunId = successor?.RunId ?? "",
            },
        }));
        Successors.Start(tx, successor);
    }
}
