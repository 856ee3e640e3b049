using Stedi.Temporal.Worker.Commands;
using Stedi.Temporal.Worker.Output;
using Stedi.Temporal.Worker.Stack;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>Shows a run's steps until it has ended, with or without working on it.</summary>
sealed class RunFollower(Session session, LakehouseStack stack)
{
    /// <summary>Works on the run and shows it.</summary>
    /// <returns>The run's result.</returns>
    public async Task<T> WorkAsync<T>(WorkflowHandle handle, CancellationToken cancellationToken)
    {
        await using var worker = LakehouseWorker.Create(await stack.ConnectAsync(), stack, session.Time);
        return await worker.ExecuteAsync(() => WatchAsync<T>(handle, cancellationToken), cancellationToken);
    }

    /// <summary>Shows a run that others work on.</summary>
    /// <returns>The run's result.</returns>
    public async Task<T> WatchAsync<T>(WorkflowHandle handle, CancellationToken cancellationToken)
    {
        IRunProgress progress = session.Terminal.IsLive
            ? new LiveProgress(session.Terminal.Status, session.Time)
            : new LineProgress(session.Terminal.Error, session.Time);
        await progress.ShowAsync(changed => new RunWatcher(handle, session.Time).WatchAsync(changed, cancellationToken));
        return await handle.GetResultAsync<T>(followRuns: false, rpcOptions: new() { CancellationToken = cancellationToken });
    }
}
