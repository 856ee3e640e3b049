using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Temporalio.Api.Command.V1;

namespace Stedi.DevStack.Temporal.Engine.Lifecycle;

/// <summary>Creates the run that follows a closing one, by continue-as-new, retry or cron. It is committed with the close.</summary>
public static class Successors
{
    /// <summary>The next cron run after a success, or <c>null</c>.</summary>
    public static NewRun? AfterCompletion(Transaction tx, Payloads? result) =>
        CronSuccessor(tx) is not { } next ? null : With(next, failure: null, result);

    /// <summary>The next attempt or cron run after a failure, or the reason why there is none.</summary>
    public static (NewRun? Successor, RetryState State) AfterFailure(Transaction tx, Failure failure)
    {
        var started = tx.Execution.Started;
        var decision = RetrySchedule.Decide(started.RetryPolicy, started.Attempt, failure, tx.Now, tx.State.ExecutionExpiration);
        if (decision.Delay is { } delay)
        {
            var retry = Copy(tx, ContinueAsNewInitiator.Retry, delay);
            retry.Attributes.Attempt = started.Attempt + 1;
            return (With(retry, failure, started.LastCompletionResult), decision.State);
        }

        return CronSuccessor(tx) is { } next
            ? (With(next, failure, started.LastCompletionResult), RetryState.InProgress)
            : (null, decision.State);
    }

    public static NewRun ContinueAsNew(Transaction tx, ContinueAsNewWorkflowExecutionCommandAttributes attributes)
    {
        var next = Copy(tx, ContinueAsNewInitiator.Workflow, attributes.BackoffStartInterval.ToSpan());
        var started = next.Attributes;
        started.WorkflowType = attributes.WorkflowType ?? started.WorkflowType;
        started.TaskQueue = string.IsNullOrEmpty(attributes.TaskQueue?.Name) ? started.TaskQueue : attributes.TaskQueue;
        started.Input = attributes.Input;
        started.Header = attributes.Header;
        started.WorkflowRunTimeout = attributes.WorkflowRunTimeout ?? started.WorkflowRunTimeout;
        started.WorkflowTaskTimeout = attributes.WorkflowTaskTimeout ?? started.WorkflowTaskTimeout;
        started.RetryPolicy = attributes.RetryPolicy ?? started.RetryPolicy;
        started.Memo = attributes.Memo ?? tx.State.Memo;
        started.SearchAttributes = attributes.SearchAttributes ?? tx.State.SearchAttributes;
        started.LastCompletionResult = attributes.LastCompletionResult ?? started.LastCompletionResult;
        return next;
    }

    public static void Start(Transaction closing, NewRun? successor)
    {
        if (successor is not null)
        {
            closing.State.SuccessorRunId = successor.RunId;
            RunStarter.Start(closing.Work, successor);
        }
    }

    private static NewRun? CronSuccessor(Transaction tx)
    {
        var schedule = tx.Execution.Started.CronSchedule;
        return schedule.Length == 0 || tx.State.CancelRequested
            ? null
            : Copy(tx, ContinueAsNewInitiator.CronSchedule, CronBackoff.Until(schedule, tx.State.StartTime, tx.Now));
    }

    private static NewRun With(NewRun next, Failure? failure, Payloads? lastResult)
    {
        next.Attributes.ContinuedFailure = failure;
        next.Attributes.LastCompletionResult = lastResult;
        return next;
    }

    private static NewRun Copy(Transaction tx, ContinueAsNewInitiator initiator, TimeSpan backoff)
    {
        var started = tx.Execution.Started.Clone();
        started.ContinuedExecutionRunId = tx.State.RunId;
        started.Initiator = initiator;
        started.FirstWorkflowTaskBackoff = backoff.ToOptionalDuration();
        started.Attempt = 1;
        started.ContinuedFailure = null;
        started.Memo = tx.State.Memo;
        started.SearchAttributes = tx.State.SearchAttributes;
        return new(started) { UserMetadata = tx.State.UserMetadata };
    }
}
