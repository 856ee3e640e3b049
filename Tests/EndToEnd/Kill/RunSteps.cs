using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Local;
using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>Follows a run's steps from outside, to kill the program at a chosen one.</summary>
/// <param name="folder">The folder of the program's stack.</param>
/// <param name="earlierRun">A run that had ended before the program started, or null.</param>
/// <param name="durations">The duration of each step without kills, by activity type.</param>
internal sealed class RunSteps(StackFolder folder, string? earlierRun, IReadOnlyDictionary<string, TimeSpan> durations)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the point.</summary>
    /// <returns>Whether it was reached: the program may end before, or the step may already have ended.</returns>
    public async Task<bool> ReachAsync(StediProgram program, KillPoint point, CancellationToken cancellationToken)
    {
        if (point is KillPoint.After after)
        {
            while (program.Running.Elapsed < after.Elapsed && !program.HasExited)
            {
                await Task.Delay(Pause, cancellationToken);
            }

            return !program.HasExited;
        }

        var (step, moment) = (KillPoint.InStep)point;
        try
        {
            return await FindRunAsync(program, cancellationToken) is { } run && await ReachAsync(run, program, step, moment, cancellationToken);
        }
        catch (Exception e) when (program.HasExited && e is RpcException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Measures the steps of a run, by activity type.</summary>
    public static async Task<IReadOnlyDictionary<string, TimeSpan>> MeasureAsync(WorkflowHandle run)
    {
        var history = await run.FetchHistoryAsync();
        var scheduled = history.Events.Where(e => e.ActivityTaskScheduledEventAttributes is not null).ToDictionary(e => e.EventId);
        return history.Events
            .Where(e => e.ActivityTaskCompletedEventAttributes is not null)
            .Select(e => (scheduled[e.ActivityTaskCompletedEventAttributes.ScheduledEventId].ActivityTaskScheduledEventAttributes.ActivityType.Name,
                Took: e.EventTime.ToDateTime() - scheduled[e.ActivityTaskCompletedEventAttributes.ScheduledEventId].EventTime.ToDateTime()))
            .GroupBy(step => step.Name, step => step.Took)
            .ToDictionary(step => step.Key, step => step.Min());
    }

    private async Task<WorkflowHandle?> FindRunAsync(StediProgram program, CancellationToken cancellationToken)
    {
        StackAddress? address;
        while ((address = StackLock.ReadAddress(folder)) is null || address.ProcessId != program.Id)
        {
            if (program.HasExited)
            {
                return null;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        var client = await TemporalClient.ConnectAsync(new(address.Temporal!));
        while (!program.HasExited)
        {
            try
            {
                var latest = await client.GetWorkflowHandle(KillFolder.WorkflowId).DescribeAsync(new() { Rpc = Calls(cancellationToken) });
                if (latest.RunId != earlierRun)
                {
                    return client.GetWorkflowHandle(KillFolder.WorkflowId, latest.RunId);
                }
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                // The first run has not started.
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return null;
    }

    private async Task<bool> ReachAsync(WorkflowHandle run, StediProgram program, string step, Moment moment, CancellationToken cancellationToken)
    {
        var endedBefore = -1;
        var seen = false;
        var length = -1L;
        while (!program.HasExited)
        {
            var now = await run.Client.Connection.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = run.Client.Options.Namespace, Execution = new() { WorkflowId = run.Id, RunId = run.RunId } },
                Calls(cancellationToken));
            var pending = now.PendingActivities.FirstOrDefault(activity => activity.ActivityType.Name == step && activity.State == PendingActivityState.Started);
            if (pending is not null && !seen)
            {
                seen = true;
                if (moment == Moment.Middle)
                {
                    await Task.Delay(durations.GetValueOrDefault(step, Brief) / 2, cancellationToken);
                }

                if (moment != Moment.End)
                {
                    return !program.HasExited;
                }
            }

            if (now.WorkflowExecutionInfo.HistoryLength != length)
            {
                length = now.WorkflowExecutionInfo.HistoryLength;
                var ended = await CountEndedAsync(run, step);
                if (endedBefore >= 0 && ended > endedBefore)
                {
                    return !program.HasExited;
                }

                endedBefore = ended;
            }

            if (now.WorkflowExecutionInfo.Status != WorkflowExecutionStatus.Running)
            {
                return false;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return false;
    }

    private static async Task<int> CountEndedAsync(WorkflowHandle run, string step)
    {
        var history = await run.FetchHistoryAsync();
        var scheduled = history.Events
            .Where(e => e.ActivityTaskScheduledEventAttributes?.ActivityType.Name == step)
            .Select(e => e.EventId)
            .ToHashSet();
        return history.Events.Count(e => e.ActivityTaskCompletedEventAttributes is { } completed && scheduled.Contains(completed.ScheduledEventId));
    }

    private static RpcOptions Calls(CancellationToken cancellationToken) => new() { CancellationToken = cancellationToken, Timeout = TimeSpan.FromSeconds(5) };
}
