using Spectre.Console;
using Stedi.Temporal.Worker.Runs;

namespace Stedi.Temporal.Worker.Output;

/// <summary>A run's head and its steps.</summary>
public sealed class RunView(IAnsiConsole console, TimeProvider time)
{
    /// <summary>Writes them.</summary>
    public void Write(RunRecord record)
    {
        var now = time.GetUtcNow();
        console.Write(new Text($"{(record.Input is null ? "Rollback" : "Run")} {record.RunId}: {RunText.Status(record.Status)}", new Style(RunText.Colour(record.Status), decoration: Decoration.Bold)));
        console.WriteLine();
        console.WriteLine($"Started {RunText.Time(record.Started)} UTC, {(record.Ended is { } ended ? "took" : "running for")} {StepText.Seconds((record.Ended ?? now) - record.Started)}{(record.Input is { } input ? $", consent policy {input.ConsentPolicy}" : "")}");
        console.WriteLine();
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn(new GridColumn());
        grid.AddColumn(new GridColumn().NoWrap().RightAligned().PadRight(0));
        foreach (var step in record.Steps)
        {
            grid.AddRow(new Text(step.Name), new Text(StepText.Outcome(step), StepColour(step.State)), new Text(StepText.Seconds(step.Elapsed(now)), Color.Grey));
        }

        console.Write(grid);
        if (record.Failure is { } failure)
        {
            console.WriteLine();
            console.Write(new Text(failure, Color.Red));
            console.WriteLine();
        }
    }

    static Color StepColour(StepState state) => state switch
    {
        StepState.Failed => Color.Red,
        StepState.Retrying or StepState.Cancelled => Color.Yellow,
        _ => Color.Default,
    };
}
