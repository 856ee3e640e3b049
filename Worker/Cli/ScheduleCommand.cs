using System.CommandLine;
using Spectre.Console;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Schedules;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi schedule</c>: shows and changes the schedule that starts runs.</summary>
internal static class ScheduleCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("schedule", "Shows the schedule that starts runs, its latest runs and its next ones. Its subcommands create, change, pause and remove it.")
        {
            CreateSet(context),
            CreateChange(context, "pause", "Pauses the schedule until `resume`. An open run continues.", (schedule, token) => schedule.PauseAsync(token)),
            CreateChange(context, "resume", "Resumes the schedule.", (schedule, token) => schedule.ResumeAsync(token)),
            CreateDelete(context),
        };
        command.AddExamples(("schedule set --cron \"0 3 * * *\"", "A run every night at three."), ("schedule", "Show the schedule and its next runs."));
        SetActionAndShow(command, context, (_, _) => Task.CompletedTask);
        return command;
    }

    private static Command CreateSet(CommandContext context)
    {
        var cron = new Option<string?>("--cron") { HelpName = "CRON", Description = "Minute, hour, day of the month, month and weekday, in quotes." };
        var every = new Option<string?>("--every") { HelpName = "TIME", Description = "The time between runs: minutes, hours or days, such as 30m, 6h or 1d." };
        var zone = new Option<string>("--time-zone") { HelpName = "ZONE", Description = "The time zone of --cron, such as Europe/Berlin.", DefaultValueFactory = _ => "UTC" };
        var consent = CommonOptions.Consent();
        var looser = CommonOptions.AllowLooserPolicy();
        var shrink = CommonOptions.AllowShrink();
        var sourceChange = CommonOptions.AllowSourceChange();
        var command = new Command("set", "Creates or changes the schedule. A start is skipped while the previous run is open. A start missed during an outage of at most an hour is made up for.") { cron, every, zone, consent, looser, shrink, sourceChange };
        command.Validators.Add(result =>
        {
            if (result.GetValue(cron) is null == result.GetValue(every) is null)
            {
                result.AddError("Give either --cron or --every.");
            }
            else if (result.GetValue(every) is { } text && !ScheduleTiming.TryParseInterval(text, out _))
            {
                result.AddError($"--every must be minutes, hours or days, such as 30m, 6h or 1d, not {text}.");
            }
        });
        command.AddExamples(
            ("schedule set --cron \"0 3 * * *\" --time-zone Europe/Berlin", "Every night at three, Berlin time."),
            ("schedule set --every 6h --consent AtReading", "Four times a day, with readings made after the consent only."));
        SetActionAndShow(command, context, (schedule, call) =>
        {
            var (parsed, settings, cancellationToken) = call;
            TimeSpan? distance = parsed.GetValue(every) is { } text && ScheduleTiming.TryParseInterval(text, out var read) ? read : null;
            var input = settings with
            {
                ConsentPolicy = CommonOptions.Policy(parsed.GetValue(consent)) ?? settings.ConsentPolicy,
                AllowLooserPolicy = parsed.GetValue(looser),
                AllowShrink = parsed.GetValue(shrink),
                AllowSourceChange = parsed.GetValue(sourceChange),
            };
            return schedule.SetAsync(new(parsed.GetValue(cron)?.Split('#')[0].Trim(), distance, parsed.GetRequiredValue(zone)), input, cancellationToken);
        });
        return command;
    }

    private static Command CreateChange(CommandContext context, string name, string description, Func<LakehouseSchedule, CancellationToken, Task> change)
    {
        var command = new Command(name, description);
        command.AddExamples(($"schedule {name}", description));
        SetActionAndShow(command, context, (schedule, call) => change(schedule, call.CancellationToken));
        return command;
    }

    private static Command CreateDelete(CommandContext context)
    {
        var json = CommonOptions.Json("Print {} as JSON when done.");
        var config = CommonOptions.Config();
        var command = new Command("delete", "Removes the schedule. An open run continues.") { json, config };
        command.AddExamples(("schedule delete", "Start runs by hand only."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            await new LakehouseSchedule(await stack.ConnectAsync(), stack.Settings.WorkflowId, stack.Settings.TaskQueue).DeleteAsync(cancellationToken);
            context.Terminal.Output.WriteLine(parsed.GetValue(json) ? "{}" : "Removed the schedule.");
            return ExitCodes.Done;
        });
        return command;
    }

    // All commands except delete print the schedule at the end.
    private static void SetActionAndShow(Command command, CommandContext context, Func<LakehouseSchedule, Call, Task> change)
    {
        var json = CommonOptions.Json("Print the schedule as JSON.");
        var config = CommonOptions.Config();
        command.Add(json);
        command.Add(config);
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var schedule = new LakehouseSchedule(await stack.ConnectAsync(), stack.Settings.WorkflowId, stack.Settings.TaskQueue);
            await change(schedule, new(parsed, stack.Settings.Run.CreateInput(stack.Settings.Aws), cancellationToken));
            var described = await schedule.DescribeAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(described));
            }
            else
            {
                new ScheduleView(context.Terminal.Results).Write(described);
            }

            if (stack.Endpoints is { Temporal: not null, IsAttached: false })
            {
                context.WriteStatus($"The embedded server keeps the schedule and starts runs only while `{context.Program} up` is running.");
            }

            return ExitCodes.Done;
        });
    }

    private sealed record Call(ParseResult Parsed, LakehouseInput Settings, CancellationToken CancellationToken);
}

/// <summary>Prints a schedule.</summary>
public sealed class ScheduleView(IAnsiConsole console)
{
    /// <summary>Writes the schedule.</summary>
    public void Write(ScheduleDetails schedule)
    {
        var every = schedule.EverySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        console.WriteLine($"Schedule {schedule.Id}: {new ScheduleTiming(schedule.Cron, every, schedule.TimeZone)}, consent policy {schedule.Policy}");
        if (schedule.IsPaused)
        {
            console.Write(new Text("Paused: no runs are started.", Color.Yellow));
            console.WriteLine();
        }

        WriteTimes(schedule.IsPaused ? "Would start next (UTC)" : "Starts next (UTC)", schedule.Next.Select(RunFormat.Time));
        WriteTimes("Started last (UTC)", schedule.Recent.Select(run => $"{RunFormat.Time(run.Started)}  run {run.RunId}"));
        if (schedule.Skipped + schedule.Missed > 0)
        {
            console.WriteLine($"Not started: {NumberFormat.Count(schedule.Skipped)} while the previous run was open, {NumberFormat.Count(schedule.Missed)} more than an hour late.");
        }
    }

    private void WriteTimes(string heading, IEnumerable<string> times)
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
