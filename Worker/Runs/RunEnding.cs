using Stedi.Temporal.Worker.Commands;
using Stedi.Temporal.Worker.Stack;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>Stops the open run, gently or not.</summary>
sealed class RunEnding(Session session, LakehouseStack stack)
{
    /// <summary>Asks the run to stop. Where this command runs the stack, nobody else would work on that: it sees it through.</summary>
    /// <exception cref="CommandException">No run is open.</exception>
    public async Task<EndedRun> CancelAsync(CancellationToken cancellationToken)
    {
        var (client, open) = await FindAsync(cancellationToken);
        var handle = client.GetWorkflowHandle(stack.Settings.WorkflowId, open.RunId);
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
    /// <exception cref="CommandException">No run is open.</exception>
    public async Task<EndedRun> TerminateAsync(CancellationToken cancellationToken)
    {
        var (client, open) = await FindAsync(cancellationToken);
        var handle = client.GetWorkflowHandle(stack.Settings.WorkflowId, open.RunId);
        await handle.TerminateAsync("stedi cancel --terminate", new() { Rpc = new() { CancellationToken = cancellationToken } });
        return new(open.RunId, true, $"Terminated run {open.RunId}; the next run tidies up what it left.");
    }

    async Task<(ITemporalClient Client, OpenRun Open)> FindAsync(CancellationToken cancellationToken)
    {
        var client = await stack.ConnectAsync();
        return await new LakehouseRuns(client, stack.Settings.WorkflowId).FindOpenAsync(cancellationToken) is { } open
            ? (client, open)
            : throw new CommandException("No run is open.", "`stedi show` tells how the last one ended.");
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
