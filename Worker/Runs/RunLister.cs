using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Lake;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Converters;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>Lists runs with what each was asked for and came to, of which only its first and its last event are read.</summary>
sealed class RunLister(ITemporalClient client, string workflowId)
{
    /// <summary>The latest runs, the newest first.</summary>
    public async Task<IReadOnlyList<ListedRun>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var runs = await new RunDirectory(client, workflowId).ListAsync(limit, cancellationToken);
        return await Task.WhenAll(runs.Select(run => ReadAsync(run, new RpcOptions { CancellationToken = cancellationToken })));
    }

    async Task<ListedRun> ReadAsync(WorkflowExecution run, RpcOptions rpc)
    {
        var isRollback = run.WorkflowType == nameof(RollbackWorkflow);
        var listed = new ListedRun
        {
            RunId = run.RunId,
            WorkflowId = run.Id,
            Status = run.Status.ToString(),
            Started = run.StartTime,
            Ended = run.CloseTime,
            Policy = isRollback ? null : await PolicyAsync(run, rpc),
        };
        return run.Status switch
        {
            WorkflowExecutionStatus.Completed => listed with { Outcome = await OutcomeAsync(run, isRollback, rpc) },
            WorkflowExecutionStatus.Failed => listed with { Failure = TypeOf((await EventAsync(run, HistoryEventFilterType.CloseEvent, rpc))?.WorkflowExecutionFailedEventAttributes?.Failure) },
            _ => listed,
        };
    }

    async Task<ConsentPolicy> PolicyAsync(WorkflowExecution run, RpcOptions rpc)
    {
        var started = (await EventAsync(run, HistoryEventFilterType.AllEvent, rpc))?.WorkflowExecutionStartedEventAttributes;
        var input = started?.Input?.Payloads_ is [var payload, ..] ? await client.Options.DataConverter.ToValueAsync<LakehouseInput>(payload) : null;
        return (input ?? new()).ConsentPolicy;
    }

    async Task<ListedOutcome?> OutcomeAsync(WorkflowExecution run, bool isRollback, RpcOptions rpc)
    {
        var completed = (await EventAsync(run, HistoryEventFilterType.CloseEvent, rpc))?.WorkflowExecutionCompletedEventAttributes;
        if (completed?.Result?.Payloads_ is not [var payload, ..])
        {
            return null;
        }

        if (isRollback)
        {
            var rollback = await client.Options.DataConverter.ToValueAsync<RollbackReport>(payload);
            return Of(rollback.Snapshot) with { Restored = rollback.RestoredGeneration };
        }

        return Of((await client.Options.DataConverter.ToValueAsync<LakehouseReport>(payload)).Snapshot);
    }

    // Of a filter for the end of a run only the last event comes back; otherwise the first is asked for.
    async Task<HistoryEvent?> EventAsync(WorkflowExecution run, HistoryEventFilterType filter, RpcOptions rpc)
    {
        var history = await client.WorkflowService.GetWorkflowExecutionHistoryAsync(
            new()
            {
                Namespace = client.Options.Namespace,
                Execution = new() { WorkflowId = run.Id, RunId = run.RunId },
                HistoryEventFilterType = filter,
                MaximumPageSize = 1,
                SkipArchival = true,
            },
            rpc);
        return history.History?.Events.FirstOrDefault();
    }

    static ListedOutcome Of(PublishedSnapshot snapshot) => new(snapshot.Outcome, snapshot.Generation);

    static string? TypeOf(Failure? failure)
    {
        while (failure?.Cause is { } cause)
        {
            failure = cause;
        }

        return failure?.ApplicationFailureInfo?.Type is { Length: > 0 } type ? type : failure?.FailureInfoCase.ToString();
    }
}
