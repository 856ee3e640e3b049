using System.CommandLine;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi up</c>: runs the stack and a worker until it is interrupted.</summary>
internal static class UpCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json("Print the addresses as JSON once the stack is running.");
        var config = CommonOptions.Config();
        var command = new Command("up", "Runs the embedded servers and a worker until Ctrl-C. Other commands in this folder use them meanwhile.") { json, config };
        command.AddExamples(
            ("up", "Run Temporal, S3, Glue and Athena; use `run`, `sql` or your own tools in another terminal."),
            ("up --json", "Print the addresses for a script."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            context.WriteOpening();
            await using var stack = await LakehouseStack.OpenAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            if (stack.Endpoints.IsAttached)
            {
                throw new CommandException("Another command is already running this folder's stack.", "Use it: `stedi run`, `stedi tables`, `stedi sql`.");
            }

            var client = await stack.ConnectAsync();
            using var worker = context.CreateWorkerHost(stack, client);
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(StackSummary.Of(client, stack)));
            }
            else
            {
                Write(context, stack, client.Connection.Options.TargetHost!);
            }

            await worker.RunUntilCancelledAsync(cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(CommandContext context, LakehouseStack stack, string temporal)
    {
        var output = context.Terminal.Output;
        output.WriteLine($"Temporal                  {temporal}");
        if (stack.Endpoints.Ui is { } page)
        {
            output.WriteLine($"Web page                  {page}");
        }

        output.WriteLine($"S3, Glue and Athena       {stack.Endpoints.Aws?.ToString() ?? "AWS"}");
        output.WriteLine($"Lake                      {stack.LakePlace}");
        output.WriteLine();
        output.WriteLine("For other tools:");
        output.WriteLine($"  export TEMPORAL_ADDRESS={temporal}");
        if (stack.Endpoints.Aws is { } aws)
        {
            output.WriteLine($"  export AWS_ENDPOINT_URL={aws.ToString().TrimEnd('/')} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID={AccessKeys.Reader} AWS_SECRET_ACCESS_KEY=any");
        }

        output.WriteLine();
        output.WriteLine($"In another terminal: {context.Program} run --wait");
        output.WriteLine("Press Ctrl-C to stop.");
    }
}
