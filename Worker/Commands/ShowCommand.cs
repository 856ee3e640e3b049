using System.CommandLine;
using Stedi.Temporal.Worker.Output;
using Stedi.Temporal.Worker.Runs;
using Stedi.Temporal.Worker.Stack;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>One run in detail.</summary>
static class ShowCommand
{
    public static Command Create(Session session)
    {
        var run = new Argument<string?>("run") { HelpName = "RUN", Description = "A run's id, or the beginning of it; the latest run if left out.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json("Print the run as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("show", "Shows a run: its steps, their times, how it ended, and its report.") { run, json, config };
        command.AddExamples(("show", "The latest run."), ("show 3f2a91c0", "One that `runs` lists."), ("show --json", "The same for a program."));
        command.SetGuardedAction(session, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(session, session.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var record = await new RunReader(await stack.ConnectAsync(), stack.Settings.WorkflowId).ReadAsync(parsed.GetValue(run), cancellationToken);
            if (parsed.GetValue(json))
            {
                session.Terminal.Output.WriteLine(JsonText.Of(record));
            }
            else
            {
                await WriteAsync(session, stack, record);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    static async Task WriteAsync(Session session, LakehouseStack stack, RunRecord record)
    {
        new RunView(session.Terminal.Results, session.Time).Write(record);
        if (record.Report is { } report)
        {
            new ReportView(session.Terminal.Results).Write(report, await ReportPlaces.OfAsync(session, stack));
        }

        if (record.Rollback is { } rollback)
        {
            session.Terminal.Output.WriteLine();
            session.Terminal.Output.WriteLine(RunText.Rollback(rollback));
        }

        foreach (var line in record.Advice ?? [])
        {
            session.Terminal.Output.WriteLine("  " + ErrorView.Concrete(line, session.Program));
        }
    }
}
