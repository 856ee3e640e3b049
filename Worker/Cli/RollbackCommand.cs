using System.CommandLine;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi rollback</c>: publishes an earlier snapshot again.</summary>
internal static class RollbackCommand
{
    public static Command Create(CommandContext context)
    {
        var generation = new Argument<int?>("generation")
        {
            HelpName = "GENERATION",
            Description = "The snapshot's number. Default: the one before the current snapshot.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var looser = new Option<bool>("--allow-looser-policy") { Description = "Allow a snapshot with a looser consent policy." };
        var json = CommonOptions.Json("Print what was done as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("rollback", "Publishes an earlier snapshot again, if today's consents still allow every row of it.") { generation, looser, json, config };
        command.AddExamples(("rollback", "Undo the latest publication."), ("rollback 3", "Go back to snapshot 3."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            var input = new RollbackInput { Generation = parsed.GetValue(generation) ?? 0, AllowLooserPolicy = parsed.GetValue(looser) };
            var report = await RunAsync(context, parsed.GetValue(config), input, cancellationToken);
            context.Terminal.Output.WriteLine(parsed.GetValue(json) ? JsonOutput.Serialize(report) : RunFormat.Rollback(report));
            return report.Snapshot.Outcome == PublishOutcome.Published ? ExitCodes.Done : ExitCodes.Superseded;
        });
        return command;
    }

    private static async Task<RollbackReport> RunAsync(CommandContext context, string? configFile, RollbackInput input, CancellationToken cancellationToken)
    {
        var settings = context.LoadSettings(configFile);
        await using var stack = await LakehouseStack.OpenAsync(context, settings, cancellationToken);
        var client = await stack.ConnectAsync();
        input = input with { Lake = settings.Aws.Bucket ?? "" };
        try
        {
            var handle = await client.StartWorkflowAsync(
                (RollbackWorkflow workflow) => workflow.RunAsync(input),
                new(settings.WorkflowId + "-rollback", settings.TaskQueue)
                {
                    IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate,
                    IdConflictPolicy = WorkflowIdConflictPolicy.Fail,
                    Rpc = new() { CancellationToken = cancellationToken },
                });
            return await new RunFollower(context, stack).WorkAsync<RollbackReport>(client.GetWorkflowHandle(handle.Id, handle.ResultRunId), cancellationToken);
        }
        catch (WorkflowAlreadyStartedException)
        {
            throw new CommandException("Another rollback is running.", "Wait until it has ended; `stedi tables` shows what is published.");
        }
        catch (WorkflowFailedException e)
        {
            throw new CommandException(RunFailure.Explain(e).Message, "`stedi tables` shows what is published; run.snapshotsToKeep in temporal-dev.yaml says how many snapshots are kept.");
        }
    }
}
