using System.Globalization;
using Stedi.Temporal.Worker.Runs;

namespace Stedi.Temporal.Worker.Output;

/// <summary>The words for a step, the same on a screen and in a pipe.</summary>
static class StepText
{
    public static string Outcome(RunStep step) => step.State switch
    {
        StepState.Waiting => "waiting for a worker",
        StepState.Running => "running",
        StepState.Retrying => $"attempt {step.Attempt.ToString(CultureInfo.InvariantCulture)}{(step.Note is null ? "" : ": " + FirstLine(step.Note))}",
        StepState.Done => (step.Note ?? "done") + (step.Attempt > 1 ? $" (attempt {step.Attempt.ToString(CultureInfo.InvariantCulture)})" : ""),
        StepState.Failed => "failed",
        _ => "cancelled",
    };

    public static string Seconds(TimeSpan elapsed) => elapsed.TotalSeconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.00} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{elapsed.Minutes} min {elapsed.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)elapsed.TotalHours} h {elapsed.Minutes:00} min"),
    };

    static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
