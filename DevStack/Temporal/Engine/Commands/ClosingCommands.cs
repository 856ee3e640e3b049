using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Commands;

/// <summary>Closes the run with a result.</summary>
public sealed class CompleteWorkflowExecution : ICommandHandler
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

/// <summary>Closes the run with a failure; its retry policy or cron schedule may start another run.</summary>
public sealed class FailWorkflowExecution : ICommandHandler
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

/// <summary>Closes the run as cancelled.</summary>
public sealed class CancelWorkflowExecution : ICommandHandler
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

/// <summary>Closes the run and starts the next one in the same commit.</summary>
public sealed class ContinueAsNewWorkflowExecution : ICommandHandler
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
