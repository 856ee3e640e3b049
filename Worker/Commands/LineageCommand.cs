using System.CommandLine;
using Stedi.Temporal.Worker.Lineage;
using Stedi.Temporal.Worker.Output;
using Stedi.Temporal.Worker.Stack;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>Where the published tables came from.</summary>
static class LineageCommand
{
    public static Command Create(Session session)
    {
        var table = new Argument<string?>("table") { HelpName = "TABLE", Description = "A table whose columns to trace; all tables if left out.", Arity = ArgumentArity.ZeroOrOne };
        var run = new Option<string?>("--run") { HelpName = "RUN", Description = "The run to look at; the one that made what is published if left out." };
        var mermaid = new Option<bool>("--mermaid") { Description = "Print a Mermaid flow chart, as Markdown pages draw it." };
        var openLineage = new Option<bool>("--openlineage") { Description = "Print the run's OpenLineage events, a line each." };
        var json = CommonOptions.Json("Print steps and columns as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("lineage", "Shows what the tables were made of, down to each column and the files it came from.") { table, run, mermaid, openLineage, json, config };
        command.AddExamples(
            ("lineage", "What each table was made of."),
            ("lineage machine_learning_curated", "Where each of its columns comes from."),
            ("lineage --mermaid", "A picture for a README."));
        command.SetGuardedAction(session, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenLakeAsync(session, session.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var reader = new LineageReader(new(stack.Reader.S3, stack.Lake, session.Time));
            var runId = parsed.GetValue(run) ?? await reader.FindPublishedAsync(cancellationToken)
                ?? throw new CommandException("Nothing is published yet, so there is nothing to trace.", "Type `stedi` for a run, or name one with --run.");
            var events = await reader.ReadEventsAsync(runId, cancellationToken);
            if (events.Count == 0)
            {
                throw new CommandException($"The lake holds no lineage of run {runId}.", "`stedi show` has the latest run's id.");
            }

            var output = session.Terminal.Output;
            if (parsed.GetValue(openLineage))
            {
                output.WriteLine(string.Join('\n', events));
                return ExitCodes.Done;
            }

            var graph = LineageGraph.Read(runId, events);
            var name = parsed.GetValue(table);
            var steps = name is null ? graph.Steps : graph.Towards(name);
            if (name is not null && steps.Count == 0)
            {
                throw new CommandException($"Run {runId} made no table {name}.", $"It made {string.Join(", ", graph.Steps.Select(step => step.Output))}.");
            }

            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonText.Of(graph with { Steps = steps }));
            }
            else if (parsed.GetValue(mermaid))
            {
                output.WriteLine(LineageView.Mermaid(steps));
            }
            else if (name is null)
            {
                new LineageView(session.Terminal.Results).Write(graph);
            }
            else
            {
                new LineageView(session.Terminal.Results).Write(graph, steps[^1]);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
