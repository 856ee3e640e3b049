using System.CommandLine;
using Stedi.Temporal.Worker.Runs;
using Stedi.Temporal.Worker.Stack;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>Stops the open run.</summary>
static class CancelCommand
{
    public static Command Create(Session session)
    {
        var run = new Argument<string?>("run") { HelpName = "RUN", Description = "A run's id, or the beginning of it; the one that is open if left out.", Arity = ArgumentArity.ZeroOrOne };
        var terminate = new Option<bool>("--terminate") { Description = "End it at once, without letting it stop its queries and tidy up; the next run does." };
        var json = CommonOptions.Json("Print the run's id and what became of it as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("cancel", "Stops the run that is open. It stops its queries, tidies up and publishes nothing.") { run, terminate, json, config };
        command.AddExamples(("cancel", "Stop the run that is open."), ("cancel --terminate", "End one that does not stop."));
        command.SetGuardedAction(session, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(session, session.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var ending = new RunEnding(session, stack);
            var ended = parsed.GetValue(terminate) ? await ending.TerminateAsync(parsed.GetValue(run), cancellationToken) : await ending.CancelAsync(parsed.GetValue(run), cancellationToken);
            if (parsed.GetValue(json))
            {
                session.Terminal.Output.WriteLine(Output.JsonText.Of(ended));
            }
            else
            {
                session.Terminal.Output.WriteLine(ended.Message);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
