using System.Globalization;
using Spectre.Console;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Reports;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>Formats runs, the same in every view.</summary>
internal static class RunFormat
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Status(string status) => status switch
    {
        "Canceled" => "cancelled",
        "TimedOut" => "timed out",
        _ => status.ToLowerInvariant(),
    };

    public static Color Colour(string status) => status switch
    {
        "Completed" => Color.Green,
        "Running" => Color.Aqua,
        "Failed" or "TimedOut" => Color.Red,
        _ => Color.Yellow,
    };

    public static string Outcome(ListedRun run) => run.Outcome switch
    {
        { Outcome: PublishOutcome.Superseded, Generation: var newer } => $"superseded by snapshot {NumberFormat.Count(newer)}",
        { Restored: { } restored, Generation: var generation } => $"snapshot {NumberFormat.Count(generation)}, rolled back to {NumberFormat.Count(restored)}",
        { Generation: var generation } => $"snapshot {NumberFormat.Count(generation)}",
        null => run.Failure ?? "",
    };

    public static string Rollback(RollbackReport report) => report.Snapshot.Outcome == PublishOutcome.Published
        ? $"Published the tables of snapshot {NumberFormat.Count(report.RestoredGeneration)} again, as snapshot {NumberFormat.Count(report.Snapshot.Generation)}; today's consents allow all {NumberFormat.Count(report.Audit.Checked)} rows."
        : $"Not rolled back: a newer run published snapshot {NumberFormat.Count(report.Snapshot.Generation)} meanwhile.";
}

/// <summary>Formats steps, the same on a terminal and in a pipe.</summary>
internal static class StepFormat
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

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
