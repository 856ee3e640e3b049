using Spectre.Console;
using Spectre.Console.Rendering;
using Stedi.Temporal.Worker.Runs;

namespace Stedi.Temporal.Worker.Output;

/// <summary>All steps on the screen, redrawn while they happen.</summary>
public sealed class LiveProgress(IAnsiConsole console, TimeProvider time) : IRunProgress
{
    static readonly TimeSpan frame = TimeSpan.FromMilliseconds(100);
    static readonly string[] spinner = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"];

    readonly Lock changing = new();
    readonly List<RunStep> steps = [];

    /// <inheritdoc/>
    public Task ShowAsync(Func<Action<RunStep>, Task> watching) =>
        console.Live(Text.Empty).StartAsync(async screen =>
        {
            var watched = watching(Change);
            while (!watched.IsCompleted)
            {
                screen.UpdateTarget(Draw());
                await Task.WhenAny(watched, Task.Delay(frame, time));
            }

            screen.UpdateTarget(Draw());
            await watched;
        });

    void Change(RunStep step)
    {
        lock (changing)
        {
            var index = steps.FindIndex(known => known.ActivityId == step.ActivityId);
            if (index < 0)
            {
                steps.Add(step);
            }
            else
            {
                steps[index] = step;
            }
        }
    }

    Grid Draw()
    {
        var now = time.GetUtcNow();
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(1));
        grid.AddColumn(new GridColumn().NoWrap().Width(32));
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn(new GridColumn().NoWrap().RightAligned());
        lock (changing)
        {
            foreach (var step in steps)
            {
                grid.AddRow(Row(step, now));
            }
        }

        return grid;
    }

    static IRenderable[] Row(RunStep step, DateTimeOffset now)
    {
        var (mark, colour) = step.State switch
        {
            StepState.Done => ("✓", Color.Green),
            StepState.Failed => ("✗", Color.Red),
            StepState.Cancelled => ("-", Color.Yellow),
            StepState.Retrying => ("!", Color.Yellow),
            StepState.Waiting => ("·", Color.Grey),
            _ => (spinner[(int)(now.ToUnixTimeMilliseconds() / 100 % spinner.Length)], Color.Aqua),
        };
        return
        [
            new Text(mark, colour),
            new Text(step.Name),
            new Text(StepText.Outcome(step), step.State is StepState.Done ? Color.Default : colour) { Overflow = Overflow.Ellipsis },
            new Text(StepText.Seconds(step.Elapsed(now)), Color.Grey),
        ];
    }
}
