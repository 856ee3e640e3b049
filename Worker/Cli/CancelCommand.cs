using System.CommandLine;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Hosting;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Stops the open run.</summary>
internal static class CancelCommand
{
    public static Command Create(CommandContext context)
    {
        var run = new Argument<string?>("run") { HelpName = "RUN", Description = "A run's id, or the beginning of it; the one that is open if left out.", Arity = ArgumentArity.ZeroOrOne };
        var terminate = new Option<bool>("--terminate") { Description = "End it at once, without letting it stop its queries and tidy up; the next run does." };
        var json = CommonOptions.Json("Print the run's id and what became of it as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("cancel", "Stops the run that is open. It stops its queries, tidies up and publishes nothing.") { run, terminate, json, config };
        command.AddExamples(("cancel", "Stop the run that is open."), ("cancel --terminate", "End one that does not stop."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var ending = new RunCanceller(context, stack);
            var ended = parsed.GetValue(terminate) ? await ending.TerminateAsync(parsed.GetValue(run), cancellationToken) : await ending.CancelAsync(parsed.GetValue(run), cancellationToken);
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(Stedi.Temporal.Worker.Cli.Output.JsonOutput.Serialize(ended));
            }
            else
            {
                context.Terminal.Output.WriteLine(ended.Message);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}

/// <summary>Stops an open run, gently or not.</summary>
internal sealed class RunCanceller(CommandContext context, LakehouseStack stack)
{
    /// <summary>Asks the run to stop. Where this command runs the stack, nobody else would work on that: it sees it through.</summary>
    /// <param name="runId">The run, or the beginning of its id; null for the one that is open.</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <exception cref="CommandException">No such run is open.</exception>
    public async Task<CancelResult> CancelAsync(string? runId, CancellationToken cancellationToken)
    {
        var (client, open) = await FindAsync(runId, cancellationToken);
        var handle = client.GetWorkflowHandle(open.Id, open.RunId);
        await handle.CancelAsync(new() { Rpc = new() { CancellationToken = cancellationToken } });
        if (stack.Endpoints is not { Temporal: not null, IsAttached: false })
        {
            return new(open.RunId, false, $"Asked run {open.RunId} to stop; its worker sees to it.");
        }

        await using var worker = LakehouseWorker.Create(client, stack, context.Time);
        var cancelled = await worker.ExecuteAsync(() => HasStoppedAsync(handle, cancellationToken), cancellationToken);
        return new(open.RunId, true, cancelled
            ? $"Cancelled run {open.RunId}; nothing was published by it."
            : $"Run {open.RunId} had ended before it could be cancelled; `{context.Program} show` tells how.");
    }

    /// <summary>Ends the run where it stands.</summary>
    /// <param name="runId">The run, or the beginning of its id; null for the one that is open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">No such run is open.</exception>
    public async Task<CancelResult> TerminateAsync(string? runId, CancellationToken cancellationToken)
    {
        var (client, open) = await FindAsync(runId, cancellationToken);
        var handle = client.GetWorkflowHandle(open.Id, open.RunId);
        await handle.TerminateAsync("stedi cancel --terminate", new() { Rpc = new() { CancellationToken = cancellationToken } });
        return new(open.RunId, true, $"Terminated run {open.RunId}; the next run tidies up what it left.");
    }

    private async Task<(ITemporalClient Client, WorkflowExecution Open)> FindAsync(string? runId, CancellationToken cancellationToken)
    {
        var client = await stack.ConnectAsync();
        var directory = new RunFinder(client, stack.Settings.WorkflowId);
        if (runId is not null)
        {
            var run = await directory.FindAsync(runId, cancellationToken);
            return run.Status == WorkflowExecutionStatus.Running
                ? (client, run)
                : throw new CommandException($"Run {run.RunId} is not open: it is {Stedi.Temporal.Worker.Cli.Output.RunFormat.Status(run.Status.ToString())}.", "`stedi show` tells how a run ended.");
        }

        var open = await directory.ListOpenAsync(cancellationToken);
        return open switch
        {
            [var run] => (client, run),
            [] => throw new CommandException("No run is open.", "`stedi show` tells how the last one ended."),
            _ => throw new CommandException($"{open.Count} runs are open: {string.Join(", ", open.Select(run => run.RunId))}.", "Name the one that you mean: `stedi cancel RUN`."),
        };
    }

    private static async Task<bool> HasStoppedAsync(WorkflowHandle handle, CancellationToken cancellationToken)
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

/// <summary>A run that somebody stopped.</summary>
/// <param name="RunId">The run.</param>
/// <param name="IsClosed">Whether it has ended already.</param>
/// <param name="Message">The same for a person.</param>
public sealed record CancelResult(string RunId, bool IsClosed, string Message);
