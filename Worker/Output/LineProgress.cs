using Stedi.Temporal.Worker.Runs;

namespace Stedi.Temporal.Worker.Output;

/// <summary>A line when a step ends or is tried again: for pipes and log files.</summary>
public sealed class LineProgress(TextWriter writer, TimeProvider time) : IRunProgress
{
    readonly Dictionary<string, int> announced = [];

    /// <inheritdoc/>
    public Task ShowAsync(Func<Action<RunStep>, Task> watching) => watching(Show);

    void Show(RunStep step)
    {
        switch (step.State)
        {
            case StepState.Done or StepState.Failed or StepState.Cancelled:
                writer.WriteLine($"{step.Name,-34} {StepText.Outcome(step),-44} {StepText.Seconds(step.Elapsed(time.GetUtcNow())),8}");
                break;
            case StepState.Retrying when announced.GetValueOrDefault(step.ActivityId) < step.Attempt:
                announced[step.ActivityId] = step.Attempt;
                writer.WriteLine($"{step.Name,-34} {StepText.Outcome(step)}");
                break;
        }
    }
}
