using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>Follows a run until it ends: long-polls its history and polls its pending activities for retries.</summary>
public sealed class RunWatcher(WorkflowHandle handle, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly RunProgress _progress = new();
    private readonly Lock _changing = new();

    /// <summary>Calls <paramref name="changed"/> for every change of a step, never concurrently; completes when the run has ended.</summary>
    public async Task WatchAsync(Action<RunStep> changed, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var polling = PollPendingAsync(changed, ended.Token);
        try
        {
            await ReadAsync(changed, ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await polling;
        }
    }

    private async Task ReadAsync(Action<RunStep> changed, CancellationToken cancellationToken)
    {
        var options = new WorkflowHistoryEventFetchOptions
        {
            WaitNewEvent = true,
            SkipArchival = true,
            Rpc = new() { CancellationToken = cancellationToken },
        };
        await foreach (var e in handle.FetchHistoryEventsAsync(options))
        {
            lock (_changing)
            {
                if (_progress.Apply(e) is { } step)
                {
                    changed(step);
                }
            }

            if (_progress.IsClosed)
            {
                return;
            }
        }
    }

    private async Task PollPendingAsync(Action<RunStep> changed, CancellationToken cancellationToken)
    {
        var request = new DescribeWorkflowExecutionRequest
        {
            Namespace = handle.Client.Options.Namespace,
            Execution = new() { WorkflowId = handle.Id, RunId = handle.RunId ?? "" },
        };
        try
        {
            while (true)
            {
                await Task.Delay(PollInterval, time, cancellationToken);
                var description = await handle.Client.WorkflowService.DescribeWorkflowExecutionAsync(request, new() { CancellationToken = cancellationToken });
                lock (_changing)
                {
                    foreach (var step in _progress.Apply(description.PendingActivities))
                    {
                        changed(step);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run has ended, or the caller stopped watching.
        }
        catch (Temporalio.Exceptions.RpcException)
        {
            // Retries are only shown. If the server is gone, reading the history fails.
        }
    }
}
