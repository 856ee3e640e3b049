using System.Globalization;
using Spectre.Console;
using Stedi.Temporal.Worker.Runs;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Worker.Output;

/// <summary>The words for a run, the same in every view.</summary>
static class RunText
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
        { Outcome: PublishOutcome.Superseded, Generation: var newer } => $"superseded by snapshot {Figures.Count(newer)}",
        { Restored: { } restored, Generation: var generation } => $"snapshot {Figures.Count(generation)}, rolled back to {Figures.Count(restored)}",
        { Generation: var generation } => $"snapshot {Figures.Count(generation)}",
        null => run.Failure ?? "",
    };

    public static string Rollback(RollbackReport report) => report.Snapshot.Outcome == PublishOutcome.Published
        ? $"Published the tables of snapshot {Figures.Count(report.RestoredGeneration)} again, as snapshot {Figures.Count(report.Snapshot.Generation)}; today's consents allow all {Figures.Count(report.Audit.Checked)} rows."
        : $"Not rolled back: a newer run published snapshot {Figures.Count(report.Snapshot.Generation)} meanwhile.";
}
