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

/// <summary>Lists runs with their policy and outcome. Reads only the first and the last event of each.</summary>
/// <param name="client">The connection to Temporal.</param>
/// <param name="finder">Finds the runs.</param>
internal sealed class RunLister(ITemporalClient client, RunFinder finder)
{
    /// <summary>The latest runs, the newest first.</summary>
    public async Task<IReadOnlyList<ListedRun>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var runs = await finder.ListAsync(limit, cancellationToken);
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

    // With the filter for close events the server returns the last event; otherwise the page size of 1 returns the first.
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

    /// <summary>Its consent policy; null for a rollback.</summary>
    public ConsentPolicy? Policy { get; init; }

    /// <summary>Its outcome; null unless it completed.</summary>
    public ListedOutcome? Outcome { get; init; }

    /// <summary>The type of its failure, one of <see cref="FailureTypes"/> if this project threw it.</summary>
    public string? Failure { get; init; }
}

/// <summary>The outcome of a completed run.</summary>
/// <param name="Outcome">Whether its tables were published.</param>
/// <param name="Generation">The number of its snapshot, or of the newer one if superseded.</param>
/// <param name="Restored">The snapshot that a rollback published again.</param>
public sealed record ListedOutcome(PublishOutcome Outcome, long Generation, long? Restored = null);
