using Spectre.Console;
using Stedi.Temporal.Worker.Schedules;

namespace Stedi.Temporal.Worker.Output;

/// <summary>A schedule as a person likes to read it.</summary>
public sealed class ScheduleView(IAnsiConsole console)
{
    /// <summary>Writes it.</summary>
    public void Write(DescribedSchedule schedule)
    {
        var every = schedule.EverySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        console.WriteLine($"Schedule {schedule.Id}: {new ScheduleTiming(schedule.Cron, every, schedule.TimeZone)}, consent policy {schedule.Policy}");
        if (schedule.IsPaused)
        {
            console.Write(new Text("Paused: it starts nothing.", Color.Yellow));
            console.WriteLine();
        }

        WriteTimes(schedule.IsPaused ? "Would start next (UTC)" : "Starts next (UTC)", schedule.Next.Select(RunText.Time));
        WriteTimes("Started last (UTC)", schedule.Recent.Select(run => $"{RunText.Time(run.Started)}  run {run.RunId}"));
        if (schedule.Skipped + schedule.Missed > 0)
        {
            console.WriteLine($"Not started: {Figures.Count(schedule.Skipped)} while the run before was open, {Figures.Count(schedule.Missed)} more than an hour late.");
        }
    }

    void WriteTimes(string heading, IEnumerable<string> times)
    {
        var lines = times.ToList();
        if (lines.Count == 0)
        {
            return;
        }

        console.WriteLine(heading);
        foreach (var line in lines)
        {
            console.WriteLine("  " + line);
        }
    }
}
