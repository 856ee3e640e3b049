using System.CommandLine;
using Spectre.Console;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi show</c>: shows one run.</summary>
internal static class ShowCommand
{
    public static Command Create(CommandContext context)
    {
        var run = new Argument<string?>("run") { HelpName = "RUN", Description = "A run id or the beginning of one. Default: the latest run.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json("Print the run as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("show", "Shows a run: its steps, their times, how it ended, and its report.") { run, json, config };
        command.AddExamples(("show", "The latest run."), ("show 3f2a91c0", "A run from the list of `runs`."), ("show --json", "The same as JSON."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var client = await stack.ConnectAsync();
            var finder = new RunFinder(client, stack.Settings);
            var record = await new RunReader(client, finder).ReadAsync(parsed.GetValue(run), cancellationToken);
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(record));
            }
            else
            {
                await WriteAsync(context, stack, record);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task WriteAsync(CommandContext context, LakehouseStack stack, RunDetails record)
    {
        new RunView(context.Terminal.Results, context.Time).Write(record);
        if (record.Report is { } report)
        {
            new ReportView(context.Terminal.Results).Write(report, await ReportFooter.OfAsync(stack, context.Program));
        }

        if (record.Rollback is { } rollback)
        {
            context.Terminal.Output.WriteLine();
            context.Terminal.Output.WriteLine(RunFormat.Rollback(rollback));
        }

        foreach (var line in record.Advice ?? [])
        {
            context.Terminal.Output.WriteLine("  " + ErrorView.WithProgramName(line, context.Program));
        }
    }
}

/// <summary>Prints a run's status, steps and failure.</summary>
public sealed class RunView(IAnsiConsole console, TimeProvider time)
{
    /// <summary>Writes them.</summary>
    public void Write(RunDetails record)
    {
        var now = time.GetUtcNow();
        console.Write(new Text($"{(record.Input is null ? "Rollback" : "Run")} {record.RunId}: {RunFormat.Status(record.Status)}", new Style(RunFormat.Colour(record.Status), decoration: Decoration.Bold)));
        console.WriteLine();
        console.WriteLine($"Started {RunFormat.Time(record.Started)} UTC, {(record.Ended is { } ended ? "took" : "running for")} {StepFormat.Seconds((record.Ended ?? now) - record.Started)}{(record.Input is { } input ? $", consent policy {input.ConsentPolicy}" : "")}");
        console.WriteLine();
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn(new GridColumn());
        grid.AddColumn(new GridColumn().NoWrap().RightAligned().PadRight(0));
        foreach (var step in record.Steps)
        {
            grid.AddRow(new Text(step.Name), new Text(StepFormat.Outcome(step), StepColour(step.State)), new Text(StepFormat.Seconds(step.Elapsed(now)), Color.Grey));
        }

        console.Write(grid);
        if (record.Failure is { } failure)
        {
            console.WriteLine();
            console.Write(new Text(failure, Color.Red));
            console.WriteLine();
        }
    }

    private static Color StepColour(StepState state) => state switch
    {
        StepState.Failed => Color.Red,
        StepState.Retrying or StepState.Cancelled => Color.Yellow,
        _ => Color.Default,
    };
}
