using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Commits;

/// <summary>All runs. Changes them in one way only: lease the workflow id, decide, commit, notify.</summary>
public sealed class ExecutionDirectory(
    RunCache runs,
    CommitPipeline commits,
    TimeProvider clock,
    ServerSettings settings,
    TaskQueueDirectory queues)
{
    private readonly KeyedLock<WorkflowKey> _leases = new();

    /// <summary>Applies a decision to the runs of a workflow id and commits it. If it throws, nothing changes.</summary>
    public async Task<TResult> DecideAsync<TResult>(WorkflowKey key, Func<UnitOfWork, TResult> decide)
    {
        using var lease = await _leases.AcquireAsync(key);
        var work = new UnitOfWork(key, clock.GetUtcNow(), runs, settings, queues.IsStickyRouteAlive);
        try
        {
            var result = decide(work);
            await commits.CommitAsync(work);
            return result;
        }
        catch
        {
            // A partial decision is not undone; its runs are evicted, so that the next decision reloads the committed state.
            runs.Evict(work.Transactions.Where(t => t.IsDirty).Select(t => t.State.RunId));
            throw;
        }
    }

    /// <summary>Applies a decision to one run, by default the current one, and commits it.</summary>
    /// <exception cref="RequestException">There is no such run.</exception>
    public Task<TResult> DecideAsync<TResult>(string @namespace, WorkflowExecution run, Func<Transaction, TResult> decide)
    {
        if (run is null || run.WorkflowId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("WorkflowId is not set on request.");
        }

        return DecideAsync(new WorkflowKey(@namespace, run.WorkflowId), work =>
            decide((run.RunId.Length == 0 ? work.Current() : work.Open(run.RunId))
                ?? throw RpcErrors.WorkflowNotFound(run.WorkflowId, run.RunId)));
    }

    public Task DecideAsync(string @namespace, WorkflowExecution run, Action<Transaction> decide) =>
        DecideAsync(@namespace, run, tx =>
        {
            decide(tx);
            return true;
        });
}
