using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Lifecycle;

internal static class RunPreconditions
{
    /// <exception cref="RequestException">The run is closed, or does not belong to the chain of runs that the caller named.</exception>
    public static void RequireOpen(Transaction tx, string firstExecutionRunId = "")
    {
        RequireChain(tx, firstExecutionRunId);
        if (!tx.State.IsRunning)
        {
            throw RpcErrors.AlreadyCompleted();
        }
    }

    /// <exception cref="RequestException">The run does not belong to the chain of runs that the caller named.</exception>
    public static void RequireChain(Transaction tx, string firstExecutionRunId)
    {
        if (firstExecutionRunId.Length > 0 && tx.State.FirstRunId != firstExecutionRunId)
        {
            throw RpcErrors.WorkflowNotFound(tx.State.WorkflowId, firstExecutionRunId);
        }
    }
}
