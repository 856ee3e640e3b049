using Spectre.Console;
using Spectre.Console.Rendering;
using Stedi.Temporal.Worker.Cli.Runs;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>Shows the progress of a run's steps.</summary>
public interface IRunProgressDisplay
{
    /// <summary>Shows the steps that <paramref name="watching"/> reports until it completes.</summary>
    /// <param name="watching">Follows a run and calls its argument for every change of a step.</param>
    public Task ShowAsync(Func<Action<RunStep>, Task> watching);
}

/// <summary>Writes a line when a step ends or is retried, for pipes and log files.</summary>
public sealed class LineProgressDisplay(TextWriter writer, TimeProvider time) : IRunProgressDisplay
{
    private readonly Dictionary<string, int> _announced = [];

    /// <inheritdoc/>
    public Task ShowAsync(Func<Action<RunStep>, Task> watching) => watching(Show);

    private void Show(RunStep step)
    {
        switch (step.State)
        {
            case StepState.Done or StepState.Failed or StepState.Cancelled:
                writer.WriteLine($"{step.Name,-34} {StepFormat.Outcome(step),-44} {StepFormat.Seconds(step.Elapsed(time.GetUtcNow())),8}");
                break;
            case StepState.Retrying when _announced.GetValueOrDefault(step.ActivityId) < step.Attempt:
                _announced[step.ActivityId] = step.Attempt;
                writer.WriteLine($"{step.Name,-34} {StepFormat.Outcome(step)}");
                break;
        }
    }
}

/// <summary>Redraws all steps on the terminal while the run proceeds.</summary>
public sealed class LiveProgressDisplay(IAnsiConsole console, TimeProvider time) : IRunProgressDisplay
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Spinner = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"];

    private readonly Lock _changing = new();
    private readonly List<RunStep> _steps = [];

    /// <inheritdoc/>
    public Task ShowAsync(Func<Action<RunStep>, Task> watching) =>
        console.Live(Text.Empty).StartAsync(async screen =>
        {
            var watched = watching(Change);
            while (!watched.IsCompleted)
            {
                screen.UpdateTarget(Draw());
                await Task.WhenAny(watched, Task.Delay(Frame, time));
            }

            screen.UpdateTarget(Draw());
            await watched;
        });

    private void Change(RunStep step)
    {
        lock (_changing)
        {
            var index = _steps.FindIndex(known => known.ActivityId == step.ActivityId);
            if (index < 0)
            {
                _steps.Add(step);
            }
            else
            {
                _steps[index] = step;
            }
        }
    }

    private Grid Draw()
    {
        var now = time.GetUtcNow();
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(1));
        grid.AddColumn(new GridColumn().NoWrap().Width(32));
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn(new GridColumn().NoWrap().RightAligned());
        lock (_changing)
        {
            foreach (var step in _steps)
            {
                grid.AddRow(Row(step, now));
            }
        }

        return grid;
    }

    private static IRenderable[] Row(RunStep step, DateTimeOffset now)
    {
        var (mark, colour) = step.State switch
        {
            StepState.Done => ("✓", Color.Green),
            StepState.Failed => ("✗", Color.Red),
            StepState.Cancelled => ("-", Color.Yellow),
            StepState.Retrying => ("!", Color.Yellow),
            StepState.Waiting => ("·", Color.Grey),
            _ => (Spinner[(int)(now.ToUnixTimeMilliseconds() / 100 % Spinner.Length)], Color.Aqua),
        };
        return
        [
            new Text(mark, colour),
            new Text(step.Name),
            new Text(StepFormat.Outcome(step), step.State is StepState.Done ? Color.Default : colour) { Overflow = Overflow.Ellipsis },
            new Text(StepFormat.Seconds(step.Elapsed(now)), Color.Grey),
        ];
    }
}
