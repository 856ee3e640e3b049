using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>Follows one run until it ends, by its history, and asks in between what is tried again.</summary>
public sealed class RunWatcher(WorkflowHandle handle, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly RunProgress _progress = new();
    private readonly Lock _changing = new();

    /// <summary>Calls <paramref name="changed"/> for every change of a step, one call at a time; returns when the run has ended.</summary>
    public async Task WatchAsync(Action<RunStep> changed, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asking = PollPendingAsync(changed, ended.Token);
        try
        {
            await ReadAsync(changed, ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await asking;
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
            // The run has ended, or nobody watches any more.
        }
        catch (Temporalio.Exceptions.RpcException)
        {
            // What is tried again is worth showing, not worth failing for: whether the server is gone, the history tells.
        }
    }
}
