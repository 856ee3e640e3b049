using Stedi.Temporal.Worker.Commands;
using Stedi.Temporal.Worker.Stack;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>Stops an open run, gently or not.</summary>
sealed class RunEnding(Session session, LakehouseStack stack)
{
    /// <summary>Asks the run to stop. Where this command runs the stack, nobody else would work on that: it sees it through.</summary>
    /// <param name="runId">The run, or the beginning of its id; null for the one that is open.</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <exception cref="CommandException">No such run is open.</exception>
    public async Task<EndedRun> CancelAsync(string? runId, CancellationToken cancellationToken)
    {
        var (client, open) = await FindAsync(runId, cancellationToken);
        var handle = client.GetWorkflowHandle(open.Id, open.RunId);
        await handle.CancelAsync(new() { Rpc = new() { CancellationToken = cancellationToken } });
        if (stack.Endpoints is not { Temporal: not null, IsAttached: false })
        {
            return new(open.RunId, false, $"Asked run {open.RunId} to stop; its worker sees to it.");
        }

        await using var worker = LakehouseWorker.Create(client, stack, session.Time);
        var cancelled = await worker.ExecuteAsync(() => HasStoppedAsync(handle, cancellationToken), cancellationToken);
        return new(open.RunId, true, cancelled
            ? $"Cancelled run {open.RunId}; nothing was published by it."
            : $"Run {open.RunId} had ended before it could be cancelled; `{session.Program} show` tells how.");
    }

    /// <summary>Ends the run where it stands.</summary>
    /// <param name="runId">The run, or the beginning of its id; null for the one that is open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">No such run is open.</exception>
    public async Task<EndedRun> TerminateAsync(string? runId, CancellationToken cancellationToken)
    {
        var (client, open) = await FindAsync(runId, cancellationToken);
        var handle = client.GetWorkflowHandle(open.Id, open.RunId);
        await handle.TerminateAsync("stedi cancel --terminate", new() { Rpc = new() { CancellationToken = cancellationToken } });
        return new(open.RunId, true, $"Terminated run {open.RunId}; the next run tidies up what it left.");
    }

    async Task<(ITemporalClient Client, WorkflowExecution Open)> FindAsync(string? runId, CancellationToken cancellationToken)
    {
        var client = await stack.ConnectAsync();
        var directory = new RunDirectory(client, stack.Settings.WorkflowId);
        if (runId is not null)
        {
            var run = await directory.FindAsync(runId, cancellationToken);
            return run.Status == WorkflowExecutionStatus.Running
                ? (client, run)
                : throw new CommandException($"Run {run.RunId} is not open: it is {Output.RunText.Status(run.Status.ToString())}.", "`stedi show` tells how a run ended.");
        }

        var open = await directory.ListOpenAsync(cancellationToken);
        return open switch
        {
            [var run] => (client, run),
            [] => throw new CommandException("No run is open.", "`stedi show` tells how the last one ended."),
            _ => throw new CommandException($"{open.Count} runs are open: {string.Join(", ", open.Select(run => run.RunId))}.", "Name the one that you mean: `stedi cancel RUN`."),
        };
    }

    static async Task<bool> HasStoppedAsync(WorkflowHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            await handle.GetResultAsync(rpcOptions: new() { CancellationToken = cancellationToken });
            return false;
        }
        catch (WorkflowFailedException e)
        {
            return e.InnerException is CanceledFailureException;
        }
    }
}
