using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli.Schedules;

/// <summary>The schedule on the Temporal server that starts a lake's runs.</summary>
/// <param name="client">The connection to Temporal.</param>
/// <param name="workflowId">The workflow id of the main job, which is the schedule's id too.</param>
/// <param name="taskQueue">The task queue of the runs that it starts.</param>
internal sealed class LakehouseSchedule(ITemporalClient client, string workflowId, string taskQueue)
{
    // A run curates all landing files, so the next start covers a missed one; only recent missed starts are made up for.
    private static readonly SchedulePolicy Policy = new() { Overlap = ScheduleOverlapPolicy.Skip, CatchupWindow = TimeSpan.FromHours(1) };

    private readonly ScheduleHandle _handle = client.GetScheduleHandle(workflowId);

    /// <summary>Creates or changes the schedule; a paused one stays paused.</summary>
    /// <exception cref="CommandException">The server rejects the timing.</exception>
    public async Task SetAsync(ScheduleTiming timing, LakehouseInput input, CancellationToken cancellationToken)
    {
        var action = ScheduleActionStartWorkflow.Create((LakehouseWorkflow workflow) => workflow.RunAsync(input), new(workflowId, taskQueue));
        var schedule = new Schedule(action, timing.ToSpec()) { Policy = Policy };
        try
        {
            await client.CreateScheduleAsync(workflowId, schedule, new() { Rpc = Rpc(cancellationToken) });
        }
        catch (ScheduleAlreadyRunningException)
        {
            await _handle.UpdateAsync(current => new(schedule with { State = current.Description.Schedule.State }), Rpc(cancellationToken));
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.InvalidArgument)
        {
            throw new CommandException(e.Message, "A cron string is minute, hour, day, month and weekday: \"0 3 * * *\" is every night at three.") { ExitCode = ExitCodes.Usage };
        }
    }

    /// <summary>Starts no runs until <see cref="ResumeAsync"/>.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => ThrowIfMissingAsync(() => _handle.PauseAsync("stedi schedule pause", Rpc(cancellationToken)));

    /// <summary>Starts runs again.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => ThrowIfMissingAsync(() => _handle.UnpauseAsync("stedi schedule resume", Rpc(cancellationToken)));

    /// <summary>Removes the schedule; open runs continue.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken) => ThrowIfMissingAsync(() => _handle.DeleteAsync(Rpc(cancellationToken)));

    /// <summary>The schedule with its recent and next runs.</summary>
    public async Task<ScheduleDetails> DescribeAsync(CancellationToken cancellationToken)
    {
        ScheduleDescription? description = null;
        await ThrowIfMissingAsync(async () => description = await _handle.DescribeAsync(Rpc(cancellationToken)));
        var timing = ScheduleTiming.Of(description!.Schedule.Spec);
        return new()
        {
            Id = workflowId,
            Cron = timing.Cron,
            EverySeconds = timing.Every?.TotalSeconds,
            TimeZone = timing.TimeZone,
            IsPaused = description.Schedule.State.Paused,
            Policy = await PolicyAsync(description.Schedule.Action),
            Next = [.. description.Info.NextActionTimes.Take(3).Select(time => new DateTimeOffset(time.ToUniversalTime()))],
            Recent = [.. description.Info.RecentActions.OrderByDescending(recent => recent.StartedAt).Select(Started).OfType<ScheduledRun>().Take(3)],
            Skipped = description.Info.NumActionsSkippedOverlap,
            Missed = description.Info.NumActionsMissedCatchupWindow,
        };
    }

    private static async Task<ConsentPolicy> PolicyAsync(ScheduleAction action)
    {
        var input = (action as ScheduleActionStartWorkflow)?.Args.FirstOrDefault() is IEncodedRawValue encoded ? await encoded.ToValueAsync<LakehouseInput>() : null;
        return (input ?? new()).ConsentPolicy;
    }

    private static ScheduledRun? Started(ScheduleActionResult result) => result.Action is ScheduleActionExecutionStartWorkflow started
        ? new(started.FirstExecutionRunId, started.WorkflowId, new(result.StartedAt.ToUniversalTime()))
        : null;

    private static RpcOptions Rpc(CancellationToken cancellationToken) => new() { CancellationToken = cancellationToken };

    private static async Task ThrowIfMissingAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw new CommandException("There is no schedule.", "Create one: `stedi schedule set --cron \"0 3 * * *\"`, or `stedi schedule set --every 6h`.");
        }
    }
}

/// <summary>The lake's schedule.</summary>
public sealed record ScheduleDetails
{
    /// <summary>Its id, which is the workflow id of the runs that are started by hand.</summary>
    public required string Id { get; init; }

    /// <summary>The cron string that starts runs, or null.</summary>
    public string? Cron { get; init; }

    /// <summary>Seconds between runs, or null.</summary>
    public double? EverySeconds { get; init; }

    /// <summary>The time zone of the cron string.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Whether it is paused.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>The consent policy of its runs.</summary>
    public required ConsentPolicy Policy { get; init; }

    /// <summary>When the next runs start.</summary>
    public required IReadOnlyList<DateTimeOffset> Next { get; init; }

    /// <summary>The runs that it started last, the newest first.</summary>
    public required IReadOnlyList<ScheduledRun> Recent { get; init; }

    /// <summary>How many starts it skipped because the previous run was open.</summary>
    public required long Skipped { get; init; }

    /// <summary>How many missed starts were too old to be made up for.</summary>
    public required long Missed { get; init; }
}

/// <summary>A run that a schedule started.</summary>
/// <param name="RunId">Temporal's run id.</param>
/// <param name="WorkflowId">Temporal's workflow id.</param>
/// <param name="Started">When it was started.</param>
public sealed record ScheduledRun(string RunId, string WorkflowId, DateTimeOffset Started);
