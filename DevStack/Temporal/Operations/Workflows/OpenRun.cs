using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Workflows;

internal static class OpenRun
{
    /// <exception cref="RequestException">The run is closed, or belongs to another chain of runs than the caller means.</exception>
    public static void Require(Transaction tx, string firstExecutionRunId = "")
    {
        RequireChain(tx, firstExecutionRunId);
        if (!tx.State.IsRunning)
        {
            throw Failures.AlreadyCompleted();
        }
    }

    /// <exception cref="RequestException">The run belongs to another chain of runs than the caller means.</exception>
    public static void RequireChain(Transaction tx, string firstExecutionRunId)
    {
        if (firstExecutionRunId.Length > 0 && tx.State.FirstRunId != firstExecutionRunId)
        {
            throw Failures.WorkflowNotFound(tx.State.WorkflowId, firstExecutionRunId);
        }
    }
}
