using System.CommandLine;
using Spectre.Console;
using Stedi.Temporal.Worker.Cli.Doctor;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi doctor</c>: checks what a run needs.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json("Print the findings as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("doctor", "Checks Temporal, identity, bucket, catalogue, work group, key and each permission, and says how to fix what is missing. It leaves nothing behind.") { json, config };
        command.AddExamples(("doctor", "Check what the next run will use."), ("doctor --json", "The same as JSON."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var outcomes = new List<CheckOutcome>();
            await foreach (var outcome in new StackChecks(stack.ConnectAsync, stack.Worker, stack.Lake, stack.Settings.TaskQueue, context.Time).RunAsync(cancellationToken))
            {
                outcomes.Add(outcome);
                if (!parsed.GetValue(json))
                {
                    Write(context.Terminal.Results, outcome);
                }
            }

            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(outcomes));
            }

            return outcomes.TrueForAll(outcome => outcome.Holds) ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, CheckOutcome outcome)
    {
        console.Write(outcome.Status switch
        {
            CheckStatus.Holds => new Text("✓ ", Color.Green),
            CheckStatus.NotTried => new Text("- ", Color.Grey),
            _ => new Text("✗ ", Color.Red),
        });
        console.WriteLine($"{outcome.Name}{Word(outcome.Status)}: {outcome.Finding}");
        if (outcome.Advice is { } advice)
        {
            console.WriteLine($"    {advice}");
        }
    }

    private static string Word(CheckStatus status) => status switch
    {
        CheckStatus.Missing => " (missing)",
        CheckStatus.Refused => " (refused)",
        CheckStatus.Throttled => " (throttled)",
        CheckStatus.Unreachable => " (unreachable)",
        CheckStatus.ServiceError => " (error of the service)",
        _ => "",
    };
}
