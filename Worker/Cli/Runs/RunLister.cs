using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Converters;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>Lists runs with what each was asked for and came to, of which only its first and its last event are read.</summary>
internal sealed class RunLister(ITemporalClient client, string workflowId)
{
    /// <summary>The latest runs, the newest first.</summary>
    public async Task<IReadOnlyList<ListedRun>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var runs = await new RunFinder(client, workflowId).ListAsync(limit, cancellationToken);
        return await Task.WhenAll(runs.Select(run => ReadAsync(run, new RpcOptions { CancellationToken = cancellationToken })));
    }

    private async Task<ListedRun> ReadAsync(WorkflowExecution run, RpcOptions rpc)
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

    private async Task<ConsentPolicy> PolicyAsync(WorkflowExecution run, RpcOptions rpc)
    {
        var started = (await EventAsync(run, HistoryEventFilterType.AllEvent, rpc))?.WorkflowExecutionStartedEventAttributes;
        var input = started?.Input?.Payloads_ is [var payload, ..] ? await client.Options.DataConverter.ToValueAsync<LakehouseInput>(payload) : null;
        return (input ?? new()).ConsentPolicy;
    }

    private async Task<ListedOutcome?> OutcomeAsync(WorkflowExecution run, bool isRollback, RpcOptions rpc)
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
    private async Task<HistoryEvent?> EventAsync(WorkflowExecution run, HistoryEventFilterType filter, RpcOptions rpc)
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

    private static ListedOutcome Of(PublishedSnapshot snapshot) => new(snapshot.Outcome, snapshot.Generation);

    private static string? TypeOf(Failure? failure)
    {
        while (failure?.Cause is { } cause)
        {
            failure = cause;
        }

        return failure?.ApplicationFailureInfo?.Type is { Length: > 0 } type ? type : failure?.FailureInfoCase.ToString();
    }
}

/// <summary>A run in a list.</summary>
public sealed record ListedRun
{
    /// <summary>Temporal's run id.</summary>
    public required string RunId { get; init; }

    /// <summary>Temporal's workflow id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Running, Completed, Failed, Canceled, Terminated or TimedOut.</summary>
    public required string Status { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whose readings it uses; null for a rollback.</summary>
    public ConsentPolicy? Policy { get; init; }

    /// <summary>What became of its tables; null if it published none.</summary>
    public ListedOutcome? Outcome { get; init; }

    /// <summary>The type of what it failed of, one of <see cref="FailureTypes"/> where this project threw it.</summary>
    public string? Failure { get; init; }
}

/// <summary>What became of a run's tables.</summary>
/// <param name="Outcome">Whether they were published.</param>
/// <param name="Generation">The snapshot's number; of the newer one if superseded.</param>
/// <param name="Restored">The snapshot that a rollback went back to.</param>
public sealed record ListedOutcome(PublishOutcome Outcome, long Generation, long? Restored = null);
