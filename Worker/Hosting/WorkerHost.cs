using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>Builds the host of a Temporal worker for an open stack. The stack stays the caller's.</summary>
internal delegate IHost WorkerHostFactory(LakehouseStack stack, ITemporalClient client, TimeProvider time);

/// <summary>Runs the host of a Temporal worker for as long as a command needs it.</summary>
internal static class WorkerHost
{
    /// <summary>Runs the worker until cancelled.</summary>
    /// <exception cref="OperationCanceledException">The command was cancelled, and the worker has stopped.</exception>
    public static Task RunUntilCancelledAsync(this IHost host, CancellationToken cancellationToken) => host.RunUntilAsync(
        async () =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return 0;
        },
        cancellationToken);

    /// <summary>Runs the worker until <paramref name="work"/> has ended. A worker that fails ends the wait with its error.</summary>
    public static async Task<T> RunUntilAsync<T>(this IHost host, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken);
        try
        {
            var worker = host.Services.GetServices<IHostedService>().OfType<TemporalWorkerService>().Single().ExecuteTask!;
            var result = work();
            if (await Task.WhenAny(result, worker) == worker)
            {
                await worker;
            }

            return await result;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}

/// <summary>Leaves signals to the command line, which cancels the command.</summary>
internal sealed class CommandLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
