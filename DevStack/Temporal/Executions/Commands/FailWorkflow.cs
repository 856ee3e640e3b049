namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Closes the run with a failure; its retry policy or cron schedule may start another.</summary>
public sealed class FailWorkflow : ICommandHandler
{
    public CommandType Type => CommandType.FailWorkflowExecution;

    public bool Closes => true;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var failure = command.FailWorkflowExecutionCommandAttributes.Failure;
        var (successor, retryState) = Successors.AfterFailure(tx, failure);
        RunCloser.Close(tx, command.Event(new()
        {
            WorkflowExecutionFailedEventAttributes = new()
            {
                Failure = failure,
                RetryState = retryState,
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
                NewExecutionRunId = successor?.RunId ?? "",
            },
        }));
        Successors.Start(tx, successor);
    }
}
