using System.CommandLine;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi worker</c>: runs a worker, for example in a container.</summary>
internal static class WorkerCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json("Print the addresses as JSON once the worker is running.");
        var config = CommonOptions.Config();
        var command = new Command("worker", "Runs a worker until Ctrl-C or SIGTERM. Any number of workers can serve one Temporal server.") { json, config };
        command.AddExamples(("worker", "Serve the Temporal server and the lake that temporal-dev.yaml or the environment names."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            context.WriteOpening();
            await using var stack = await LakehouseStack.OpenAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var client = await stack.ConnectAsync();
            using var worker = context.CreateWorkerHost(stack, client);
            context.WriteStatus($"Working for {client.Connection.Options.TargetHost}, namespace {client.Options.Namespace}, task queue {stack.Settings.TaskQueue}, on {stack.LakePlace}");
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(StackSummary.Of(client, stack)));
            }

            await worker.RunUntilCancelledAsync(cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
