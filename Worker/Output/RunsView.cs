using Spectre.Console;
using Spectre.Console.Rendering;
using Stedi.Temporal.Worker.Runs;

namespace Stedi.Temporal.Worker.Output;

/// <summary>Runs as a table that fits into 80 columns: of an id only as much as tells the runs apart, which is enough for other commands.</summary>
public sealed class RunsView(IAnsiConsole console, TimeProvider time)
{
    const int ShortestId = 8;

    /// <summary>Writes them.</summary>
    public void Write(IReadOnlyList<ListedRun> runs)
    {
        var now = time.GetUtcNow();
        var length = Enumerable.Range(ShortestId, 36 - ShortestId).FirstOrDefault(n => runs.Select(run => Beginning(run, n)).Distinct().Count() == runs.Count, 36);
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
                new Text(Beginning(run, length)),
                new Text(RunText.Status(run.Status), RunText.Colour(run.Status)),
                new Text(RunText.Time(run.Started)),
                new Text(StepText.Seconds((run.Ended ?? now) - run.Started)),
                new Text(run.Policy?.ToString() ?? "-"),
                new Text(RunText.Outcome(run)));
        }

        console.Write(grid);
    }

    static string Beginning(ListedRun run, int length) => run.RunId[..Math.Min(length, run.RunId.Length)];
}
