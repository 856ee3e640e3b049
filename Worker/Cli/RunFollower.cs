using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Hosting;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Shows a run's steps until it has ended, with or without a worker in this process.</summary>
internal sealed class RunFollower(CommandContext context, LakehouseStack stack)
{
    /// <summary>Runs a worker and shows the run.</summary>
    /// <returns>The run's result.</returns>
    public async Task<T> WorkAsync<T>(WorkflowHandle handle, CancellationToken cancellationToken)
    {
        using var worker = context.CreateWorkerHost(stack, await stack.ConnectAsync());
        return await worker.RunUntilAsync(() => WatchAsync<T>(handle, cancellationToken), cancellationToken);
    }

    /// <summary>Shows a run that other workers execute.</summary>
    /// <returns>The run's result.</returns>
    public async Task<T> WatchAsync<T>(WorkflowHandle handle, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await WatchOneAsync<T>(handle, cancellationToken);
            }
            catch (WorkflowContinuedAsNewException e)
            {
                // Customer files landed during the run, so it starts again from staging.
                handle = handle.Client.GetWorkflowHandle(handle.Id, e.NewRunId);
            }
        }
    }

    private async Task<T> WatchOneAsync<T>(WorkflowHandle handle, CancellationToken cancellationToken)
    {
        IRunProgressDisplay progress = context.Terminal.IsLive
            ? new LiveProgressDisplay(context.Terminal.Status, context.Time)
            : new LineProgressDisplay(context.Terminal.Error, context.Time);
        await progress.ShowAsync(changed => new RunWatcher(handle, context.Time).WatchAsync(changed, cancellationToken));
        return await handle.GetResultAsync<T>(followRuns: false, rpcOptions: new() { CancellationToken = cancellationToken });
    }
}
