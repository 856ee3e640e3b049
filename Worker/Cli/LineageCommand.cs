using System.CommandLine;
using Spectre.Console;
using Stedi.Temporal.Worker.Cli.Lineage;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi lineage</c>: shows the sources of the published tables.</summary>
internal static class LineageCommand
{
    public static Command Create(CommandContext context)
    {
        var table = new Argument<string?>("table") { HelpName = "TABLE", Description = "The table whose columns to trace. Default: all tables.", Arity = ArgumentArity.ZeroOrOne };
        var run = new Option<string?>("--run") { HelpName = "RUN", Description = "The run to show. Default: the run that made the published tables." };
        var mermaid = new Option<bool>("--mermaid") { Description = "Print a Mermaid flow chart." };
        var openLineage = new Option<bool>("--openlineage") { Description = "Print the run's OpenLineage events, one per line." };
        var json = CommonOptions.Json("Print steps and columns as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("lineage", "Shows the sources of each table, down to its columns and the files they came from.") { table, run, mermaid, openLineage, json, config };
        command.AddExamples(
            ("lineage", "The sources of each table."),
            ("lineage machine_learning_curated", "The sources of each of its columns."),
            ("lineage --mermaid", "A diagram for a README."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenLakeAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var reader = new LineageReader(new(stack.Reader.S3, stack.Lake, context.Time));
            var runId = parsed.GetValue(run) ?? await reader.FindPublishedAsync(cancellationToken)
                ?? throw new CommandException("Nothing is published yet, so there is nothing to trace.", "Type `stedi` to start a run, or name one with --run.");
            var events = await reader.ReadEventsAsync(runId, cancellationToken);
            if (events.Count == 0)
            {
                throw new CommandException($"The lake holds no lineage of run {runId}.", "`stedi show` prints the latest run's id.");
            }

            var output = context.Terminal.Output;
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
                output.WriteLine(JsonOutput.Serialize(graph with { Steps = steps }));
            }
            else if (parsed.GetValue(mermaid))
            {
                output.WriteLine(LineageView.Mermaid(steps));
            }
            else if (name is null)
            {
                new LineageView(context.Terminal.Results).Write(graph);
            }
            else
            {
                new LineageView(context.Terminal.Results).Write(graph, steps[^1]);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}

/// <summary>Prints lineage as text or as a Mermaid flow chart.</summary>
public sealed class LineageView(IAnsiConsole console)
{
    /// <summary>Writes the inputs of every table.</summary>
    public void Write(LineageGraph graph)
    {
        console.WriteLine($"Run {graph.RunId}");
        console.WriteLine();
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn(new GridColumn());
        foreach (var step in graph.Steps)
        {
            grid.AddRow(new Text(step.Output, Color.Aqua), new Text("from " + string.Join(", ", step.Inputs)));
        }

        console.Write(grid);
    }

    /// <summary>Writes the sources of a table's columns, back to the landing files.</summary>
    public void Write(LineageGraph graph, LineageStep table)
    {
        console.WriteLine($"{table.Output}, made of {string.Join(", ", table.Inputs)} in run {graph.RunId}");
        console.WriteLine();
        foreach (var column in table.Columns.Select(column => column.Name).Distinct())
        {
            console.Write(new Text(column, Color.Aqua));
            console.WriteLine();
            foreach (var from in graph.Trace(table.Output, column))
            {
                console.WriteLine($"  from {DescribeSource(from)}{(from.How.Length == 0 ? "" : $" ({from.How})")}");
            }
        }
    }

    /// <summary>The steps as a Mermaid flow chart.</summary>
    public static string Mermaid(IReadOnlyList<LineageStep> steps)
    {
        var names = steps.SelectMany(step => step.Inputs.Append(step.Output)).Distinct().ToList();
        var nodes = names.Select((name, i) => $"    n{i}[\"{name}\"]");
        var edges = steps.SelectMany(step => step.Inputs.Select(input => $"    n{names.IndexOf(input)} --> n{names.IndexOf(step.Output)}"));
        return string.Join('\n', ["flowchart LR", .. nodes, .. edges]);
    }

    private static string DescribeSource(LineageColumn from) =>
        from.FromTable.EndsWith('/') ? $"the files in {from.FromTable}, field {from.FromColumn}" : $"{from.FromTable}.{from.FromColumn}";
}
