using Grpc.Core;
using Stedi.DevStack.Temporal.Common;
using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Updates;

/// <summary>An update with waiting callers. Until a worker accepts it, it is only in memory; afterwards it mirrors the run's state.</summary>
public sealed class PendingUpdate(WorkflowExecution run, Request request, long sequence)
{
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Outcome> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => request.Meta.UpdateId;

    public WorkflowExecution Run => run;

    public Request Request => request;

    /// <summary>The order of admission, which is the order of delivery.</summary>
    public long Sequence => sequence;

    /// <summary>The stamp of the last workflow task that delivered the request, or 0.</summary>
    public int AttachedTo { get; set; }

    public bool IsAccepted => _accepted.Task.IsCompletedSuccessfully;

    public bool IsCompleted => _completed.Task.IsCompleted;

    public UpdateWorkflowExecutionLifecycleStage Stage =>
        _completed.Task.IsCompletedSuccessfully ? UpdateWorkflowExecutionLifecycleStage.Completed
        : IsAccepted ? UpdateWorkflowExecutionLifecycleStage.Accepted
        : UpdateWorkflowExecutionLifecycleStage.Admitted;

    public Outcome? Outcome => _completed.Task.IsCompletedSuccessfully ? _completed.Task.Result : null;

    public void Accept() => _accepted.TrySetResult();

    public void Complete(Outcome outcome)
    {
        _completed.TrySetResult(outcome);
        _accepted.TrySetResult();
    }

    /// <summary>Fails the update because the run closed before it was accepted.</summary>
    public void Abort(RequestException reason)
    {
        _completed.TrySetException(reason);
        _accepted.TrySetException(reason);
    }

    /// <summary>Waits until a stage is reached or the token is cancelled.</summary>
    /// <exception cref="RequestException">The run closed before the update was accepted.</exception>
    public async Task WaitForAsync(UpdateWorkflowExecutionLifecycleStage stage, CancellationToken cancellationToken)
    {
        Task reached = stage == UpdateWorkflowExecutionLifecycleStage.Completed ? _completed.Task
            : stage == UpdateWorkflowExecutionLifecycleStage.Accepted ? _accepted.Task
            : Task.CompletedTask;
        await reached.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reached.IsFaulted)
        {
            await reached;
        }
    }

    internal static RequestException RunClosedError(bool hasSuccessor) => hasSuccessor
        ? new RequestException(StatusCode.Aborted, "The workflow continued as a new run before the update was accepted.")
        : RpcErrors.AlreadyCompleted();
}
