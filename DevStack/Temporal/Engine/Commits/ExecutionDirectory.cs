using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Commits;

/// <summary>Every run there is, and the one way to change one: lease, decide, commit, tell.</summary>
public sealed class ExecutionDirectory(
    RunCache runs,
    CommitPipeline commits,
    TimeProvider clock,
    ServerSettings settings,
    TaskQueueDirectory queues)
{
    private readonly KeyedLock<WorkflowKey> _leases = new();

    /// <summary>Decides about a workflow id and commits; a decision that throws changes nothing.</summary>
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
            // A half-made decision is not undone but thrown away: the next one reloads what was committed.
            runs.Evict(work.Transactions.Where(t => t.IsDirty).Select(t => t.State.RunId));
            throw;
        }
    }

    /// <summary>Decides about one run, by default the current one.</summary>
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
