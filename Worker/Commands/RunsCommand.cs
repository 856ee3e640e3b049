using System.CommandLine;
using Stedi.Temporal.Worker.Output;
using Stedi.Temporal.Worker.Runs;
using Stedi.Temporal.Worker.Stack;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>The latest runs.</summary>
static class RunsCommand
{
    public static Command Create(Session session)
    {
        var limit = new Option<int>("--limit") { HelpName = "N", Description = "How many at most.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
            {
                result.AddError("--limit must be from 1 to 1000.");
            }
        });
        var json = CommonOptions.Json("Print the list as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("runs", "Lists the latest runs, rollbacks and scheduled ones too: how each ended, when, how long it took, and which snapshot came of it.") { limit, json, config };
        command.AddExamples(("runs", "The latest 20."), ("runs --limit 3 --json", "The latest three for a program."));
        command.SetGuardedAction(session, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(session, session.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var runs = await new RunLister(await stack.ConnectAsync(), stack.Settings.WorkflowId).ListAsync(parsed.GetValue(limit), cancellationToken);
            if (parsed.GetValue(json))
            {
                session.Terminal.Output.WriteLine(JsonText.Of(runs));
            }
            else if (runs.Count == 0)
            {
                session.Say($"No run of {stack.Settings.WorkflowId} is known yet. Type `{session.Program}` for one.");
            }
            else
            {
                new RunsView(session.Terminal.Results, session.Time).Write(runs);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
