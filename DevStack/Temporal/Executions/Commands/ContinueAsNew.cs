namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Closes the run and starts the next one, both in one commit.</summary>
public sealed class ContinueAsNew : ICommandHandler
{
    public CommandType Type => CommandType.ContinueAsNewWorkflowExecution;

    public bool Closes => true;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var attributes = command.ContinueAsNewWorkflowExecutionCommandAttributes;
        var successor = Successors.ContinueAsNew(tx, attributes);
        var started = successor.Attributes;
        RunCloser.Close(tx, command.Event(new()
        {
            WorkflowExecutionContinuedAsNewEventAttributes = new()
            {
                NewExecutionRunId = successor.RunId,
                WorkflowType = started.WorkflowType,
                TaskQueue = started.TaskQueue,
                Input = started.Input,
                WorkflowRunTimeout = started.WorkflowRunTimeout,
                WorkflowTaskTimeout = started.WorkflowTaskTimeout,
                BackoffStartInterval = started.FirstWorkflowTaskBackoff,
                Initiator = started.Initiator,
                Failure = attributes.Failure,
                LastCompletionResult = started.LastCompletionResult,
                Header = started.Header,
                Memo = started.Memo,
                SearchAttributes = started.SearchAttributes,
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
            },
        }));
        Successors.Start(tx, successor);
    }
}
