using System.CommandLine;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Hosting;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi cancel</c>: cancels or terminates the open run.</summary>
internal static class CancelCommand
{
    public static Command Create(CommandContext context)
    {
        var run = new Argument<string?>("run") { HelpName = "RUN", Description = "A run id or the beginning of one. Default: the open run.", Arity = ArgumentArity.ZeroOrOne };
        var terminate = new Option<bool>("--terminate") { Description = "Terminate the run at once, without stopping its queries or cleaning up; the next run cleans up." };
        var json = CommonOptions.Json("Print the run's id and outcome as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("cancel", "Cancels the open run: it stops its queries, cleans up and publishes nothing.") { run, terminate, json, config };
        command.AddExamples(("cancel", "Cancel the open run."), ("cancel --terminate", "Terminate a run that does not stop."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var canceller = new RunCanceller(context, stack);
            var result = parsed.GetValue(terminate) ? await canceller.TerminateAsync(parsed.GetValue(run), cancellationToken) : await canceller.CancelAsync(parsed.GetValue(run), cancellationToken);
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(result));
            }
            else
            {
                context.Terminal.Output.WriteLine(result.Message);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}

/// <summary>Cancels or terminates an open run.</summary>
internal sealed class RunCanceller(CommandContext context, LakehouseStack stack)
{
    /// <summary>Requests cancellation. If this command runs the stack, it also runs a worker until the run has ended, because there is no other one.</summary>
    /// <param name="runId">The run's id or the beginning of it; null for the open run.</param>
    /// <param name="cancellationToken">Stops waiting for the run.</param>
    /// <exception cref="CommandException">No such run is open.</exception>
    public async Task<CancelResult> CancelAsync(string? runId, CancellationToken cancellationToken)
    {
        var (client, open) = await FindAsync(runId, cancellationToken);
        var handle = client.GetWorkflowHandle(open.Id, open.RunId);
        await handle.CancelAsync(new() { Rpc = new() { CancellationToken = cancellationToken } });
        if (stack.Endpoints is not { Temporal: not null, IsAttached: false })
        {
            return new(open.RunId, false, $"Requested cancellation of run {open.RunId}; its worker will stop it.");
        }

        using var worker = context.CreateWorkerHost(stack, client);
        var cancelled = await worker.RunUntilAsync(() => HasStoppedAsync(handle, cancellationToken), cancellationToken);
        return new(open.RunId, true, cancelled
            ? $"Cancelled run {open.RunId}. It published nothing."
            : $"Run {open.RunId} ended before it could be cancelled; `{context.Program} show` shows how it ended.");
    }

    /// <summary>Terminates the run.</summary>
    /// <param name="runId">The run's id or the beginning of it; null for the open run.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="CommandException">No such run is open.</exception>
    public async Task<CancelResult> TerminateAsync(string? runId, CancellationToken cancellationToken)
    {
        var (client, open) = await FindAsync(runId, cancellationToken);
        var handle = client.GetWorkflowHandle(open.Id, open.RunId);
        await handle.TerminateAsync("stedi cancel --terminate", new() { Rpc = new() { CancellationToken = cancellationToken } });
        return new(open.RunId, true, $"Terminated run {open.RunId}. The next run cleans up what it left.");
    }

    private async Task<(ITemporalClient Client, WorkflowExecution Open)> FindAsync(string? runId, CancellationToken cancellationToken)
    {
        var client = await stack.ConnectAsync();
        var runs = new RunFinder(client, stack.Settings);
        if (runId is not null)
        {
            var run = await runs.FindAsync(runId, cancellationToken);
            return run.Status == WorkflowExecutionStatus.Running
                ? (client, run)
                : throw new CommandException($"Run {run.RunId} is not open: it is {RunFormat.Status(run.Status.ToString())}.", "`stedi show` shows how a run ended.");
        }

        var open = await runs.ListOpenAsync(cancellationToken);
        return open switch
        {
            [var run] => (client, run),
            [] => throw new CommandException("No run is open.", "`stedi show` shows how the last run ended."),
            _ => throw new CommandException($"{open.Count} runs are open: {string.Join(", ", open.Select(run => run.RunId))}.", "Name one of them: `stedi cancel RUN`."),
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

/// <summary>The result of cancelling a run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="IsClosed">Whether it has ended.</param>
/// <param name="Message">The message for the user.</param>
public sealed record CancelResult(string RunId, bool IsClosed, string Message);
