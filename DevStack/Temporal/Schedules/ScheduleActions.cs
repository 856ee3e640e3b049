using System.Globalization;
using Grpc.Core;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Visibility;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.Workflow.V1;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Starts, observes and stops the workflows of a schedule.</summary>
public sealed class ScheduleActions(ExecutionDirectory executions, TimeProvider clock)
{
    private const int RecentKept = 10;

    /// <summary>Starts the workflow of a scheduled time. Idempotent: the same time never starts two.</summary>
    public async Task StartAsync(ScheduleRecord record, DueAction action)
    {
        var nominal = FormatTime(action.Nominal);
        var workflow = record.Schedule.Action.StartWorkflow;
        var workflowId = record.Schedule.Policies?.KeepOriginalWorkflowId == true ? workflow.WorkflowId : $"{workflow.WorkflowId}-{nominal}";
        var requestId = $"{record.ScheduleId}@{action.Nominal.UtcDateTime:O}";
        string runId;
        try
        {
            runId = await executions.DecideAsync(new WorkflowKey(record.Namespace, workflowId), work =>
            {
                var existing = WorkflowIdClaim.Claim(work, new(workflow.WorkflowIdReusePolicy, WorkflowIdConflictPolicy.Fail, requestId), "");
                return (existing ?? RunStarter.Start(work, RunOf(record, workflow, action, requestId))).State.RunId;
            });
        }
        catch (RequestException e) when (e.Code == StatusCode.AlreadyExists)
        {
            record.Info.OverlapSkipped++;
            return;
        }

        // Two backfills may include the same time. A start that was not recorded because of a crash is recorded now.
        if (record.Info.RecentActions.All(recent => recent.StartWorkflowResult?.RunId != runId))
        {
            RecordStart(record, action, new() { WorkflowId = workflowId, RunId = runId });
        }
    }

    /// <summary>Removes closed workflows from the running ones, records their outcome, and pauses after a failure if the policy says so.</summary>
    public async Task ObserveAsync(ScheduleRecord record)
    {
        foreach (var running in record.Info.RunningWorkflows.ToArray())
        {
            var end = await executions.DecideAsync(new WorkflowKey(record.Namespace, running.WorkflowId), work => EndOf(work, running));
            if (end is not { } closed)
            {
                continue;
            }

            record.Info.RunningWorkflows.Remove(running);
            foreach (var recent in record.Info.RecentActions.Where(r => r.StartWorkflowResult?.RunId == running.RunId))
            {
                recent.StartWorkflowStatus = closed.Status;
            }

            record.LastResult = closed.Event?.WorkflowExecutionCompletedEventAttributes?.Result ?? record.LastResult;
            record.LastFailure = closed.Event?.WorkflowExecutionFailedEventAttributes?.Failure;
            if (closed.Status is WorkflowExecutionStatus.Failed or WorkflowExecutionStatus.TimedOut && record.Schedule.Policies?.PauseOnFailure == true)
            {
                record.Schedule.State.Paused = true;
                record.Schedule.State.Notes = $"paused due to workflow failure: {running.WorkflowId}: {closed.Status}";
            }
        }
    }

    /// <summary>Cancels or terminates every running workflow of the schedule.</summary>
    public async Task StopRunningAsync(ScheduleRecord record, bool terminate)
    {
        foreach (var running in record.Info.RunningWorkflows)
        {
            await executions.DecideAsync(new WorkflowKey(record.Namespace, running.WorkflowId), work =>
            {
                if (work.Current() is { State.IsRunning: true } tx)
                {
                    if (terminate)
                    {
                        RunCloser.Terminate(tx, "terminated by schedule overlap policy", null, record.ScheduleId);
                    }
                    else
                    {
                        RunRequests.Cancel(tx, new() { Cause = "cancelled by schedule overlap policy", Identity = record.ScheduleId }, "");
                    }
                }

                return true;
            });
        }
    }

    // Follows the chain of runs: retries and continue-as-new belong to the same action.
    private static (WorkflowExecutionStatus Status, HistoryEvent? Event)? EndOf(UnitOfWork work, WorkflowExecution running)
    {
        if (work.Open(running.RunId) is not { } tx)
        {
            return (WorkflowExecutionStatus.Terminated, null);
        }

        while (tx.State.SuccessorRunId.Length > 0 && work.Open(tx.State.SuccessorRunId) is { } next)
        {
            tx = next;
        }

        return tx.State.IsRunning ? null : (tx.State.Status, tx.History.Last);
    }

    private static NewRun RunOf(ScheduleRecord record, NewWorkflowExecutionInfo workflow, DueAction action, string requestId)
    {
        var attributes = workflow.SearchAttributes?.Clone() ?? new SearchAttributes();
        attributes.IndexedFields["TemporalScheduledById"] = SearchAttributePayload.Of(record.ScheduleId);
        attributes.IndexedFields["TemporalScheduledStartTime"] = SearchAttributePayload.Of(FormatTime(action.Nominal), "Datetime");
        return new(new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = workflow.WorkflowType,
            TaskQueue = workflow.TaskQueue,
            Input = workflow.Input,
            Header = workflow.Header,
            WorkflowExecutionTimeout = workflow.WorkflowExecutionTimeout,
            WorkflowRunTimeout = workflow.WorkflowRunTimeout,
            WorkflowTaskTimeout = workflow.WorkflowTaskTimeout,
            RetryPolicy = workflow.RetryPolicy,
            Memo = workflow.Memo,
            SearchAttributes = attributes,
            LastCompletionResult = record.LastResult,
            ContinuedFailure = record.LastFailure,
            Identity = $"temporal-scheduler-{record.Namespace}-{record.ScheduleId}",
            Priority = workflow.Priority,
        })
        {
            RequestId = requestId,
            UserMetadata = workflow.UserMetadata,
        };
    }

    private static string FormatTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void RecordStart(ScheduleRecord record, DueAction action, WorkflowExecution started)
    {
        record.Info.ActionCount++;
        record.Info.RunningWorkflows.Add(started);
        record.Info.RecentActions.Add(new ScheduleActionResult
        {
            ScheduleTime = action.Nominal.ToTimestamp(),
            ActualTime = clock.GetUtcNow().ToTimestamp(),
            StartWorkflowResult = started,
            StartWorkflowStatus = WorkflowExecutionStatus.Running,
        });
        while (record.Info.RecentActions.Count > RecentKept)
        {
            record.Info.RecentActions.RemoveAt(0);
        }

        if (!action.IsManual && record.Schedule.State.LimitedActions)
        {
            record.Schedule.State.RemainingActions--;
        }
    }
}
