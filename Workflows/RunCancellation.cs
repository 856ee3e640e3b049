using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows;

/// <summary>How a run ends that was asked to cancel. Called from workflow code only.</summary>
internal static class RunCancellation
{
    /// <summary>
    /// Does a run's work. Once cancellation is asked for, a step may fail instead of being cancelled: a server does not retry it
    /// any more and reports its last failure. The run ends as cancelled nonetheless.
    /// </summary>
    /// <exception cref="OperationCanceledException">The work failed after the run was asked to cancel.</exception>
    public static async Task<T> WatchAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Workflow.CancellationToken.IsCancellationRequested && !TemporalException.IsCanceledException(e))
        {
            throw new OperationCanceledException("The run was cancelled.", e, Workflow.CancellationToken);
        }
    }
}
