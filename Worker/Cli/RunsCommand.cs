using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using Spectre.Console.Rendering;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi runs</c>: lists the latest runs.</summary>
internal static class RunsCommand
{
    public static Command Create(CommandContext context)
    {
        var limit = new Option<int>("--limit") { HelpName = "N", Description = "The maximum number of runs.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            // The parser reports what is not a number.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number is < 1 or > 1000)
            {
                result.AddError("--limit must be from 1 to 1000.");
            }
        });
        var json = CommonOptions.Json("Print the list as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("runs", "Lists the latest runs, including rollbacks and scheduled runs: status, start, duration, consent policy and outcome.") { limit, json, config };
        command.AddExamples(("runs", "The latest 20."), ("runs --limit 3 --json", "The latest three as JSON."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            var settings = context.LoadSettings(parsed.GetValue(config));
            var runs = await ListAsync(context, settings, parsed.GetValue(limit), cancellationToken);
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(runs));
            }
            else if (runs.Count == 0)
            {
                context.WriteStatus($"There is no run of {settings.WorkflowId} yet. Type `{context.Program}` to start one.");
            }
            else
            {
                new RunsView(context.Terminal.Results, context.Time).Write(runs);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    // Needs Temporal only, and writes nothing: neither a folder for local state nor a log.
    private static async Task<IReadOnlyList<ListedRun>> ListAsync(CommandContext context, StediSettings settings, int limit, CancellationToken cancellationToken)
    {
        if (!settings.Temporal.IsEmbedded)
        {
            return await ListAsync(await Hosting.TemporalConnection.ConnectAsync(settings.Temporal, null, NullLoggerFactory.Instance));
        }

        if (!Directory.Exists(context.Folder.Root))
        {
            return [];
        }

        await using var stack = await LakehouseStack.OpenAsync(context, settings, cancellationToken);
        return await ListAsync(await stack.ConnectAsync());

        Task<IReadOnlyList<ListedRun>> ListAsync(ITemporalClient client) =>
            new RunLister(client, new RunFinder(client, settings)).ListAsync(limit, cancellationToken);
    }
}

/// <summary>Prints runs as a table of 80 columns. Ids are shortened to a prefix that is unique in the list; other commands accept it.</summary>
public sealed class RunsView(IAnsiConsole console, TimeProvider time)
{
    private const int ShortestId = 8;

    /// <summary>Writes them.</summary>
    public void Write(IReadOnlyList<ListedRun> runs)
    {
        var now = time.GetUtcNow();
        var length = Enumerable.Range(ShortestId, 36 - ShortestId).FirstOrDefault(n => runs.Select(run => ShortId(run, n)).Distinct().Count() == runs.Count, 36);
        var grid = new Grid();
        foreach (var (alignment, padding) in (ReadOnlySpan<(Justify, int)>)[(Justify.Left, 2), (Justify.Left, 2), (Justify.Left, 2), (Justify.Right, 2), (Justify.Left, 2), (Justify.Left, 0)])
        {
            grid.AddColumn(new GridColumn { Alignment = alignment, NoWrap = padding > 0, Padding = new Padding(0, 0, padding, 0) });
        }

        var bold = new Style(decoration: Decoration.Bold);
        grid.AddRow([.. ((string[])["Run", "Status", "Started (UTC)", "Took", "Policy", "Outcome"]).Select(name => (IRenderable)new Text(name, bold))]);
        foreach (var run in runs)
        {
            grid.AddRow(
                new Text(ShortId(run, length)),
                new Text(RunFormat.Status(run.Status), RunFormat.Colour(run.Status)),
                new Text(RunFormat.Time(run.Started)),
                new Text(StepFormat.Seconds((run.Ended ?? now) - run.Started)),
                new Text(run.Policy?.ToString() ?? "-"),
                new Text(RunFormat.Outcome(run)));
        }

        console.Write(grid);
    }

    private static string ShortId(ListedRun run, int length) => run.RunId[..Math.Min(length, run.RunId.Length)];
}
