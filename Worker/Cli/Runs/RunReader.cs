using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>Reads a run from its history.</summary>
/// <param name="client">The connection to Temporal.</param>
/// <param name="finder">Finds the run.</param>
internal sealed class RunReader(ITemporalClient client, RunFinder finder)
{
    /// <summary>Reads a run, or the latest one.</summary>
    /// <param name="runId">The run's id, the beginning of it, or null for the latest run.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">There is no such run, or the beginning is ambiguous.</exception>
    public async Task<RunDetails> ReadAsync(string? runId, CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        var run = await finder.FindAsync(runId, cancellationToken);
        var handle = client.GetWorkflowHandle(run.Id, run.RunId);
        var record = new RunDetails
        {
            RunId = run.RunId,
            WorkflowId = run.Id,
            Status = run.Status.ToString(),
            Started = run.StartTime,
            Ended = run.CloseTime,
            Input = run.WorkflowType == nameof(RollbackWorkflow) ? null : new(),
            Steps = [],
        };
        record = await ReadHistoryAsync(record, handle, rpc);
        return run.Status == WorkflowExecutionStatus.Running ? record : await ReadOutcomeAsync(record, handle, rpc);
    }

    private async Task<RunDetails> ReadHistoryAsync(RunDetails record, WorkflowHandle handle, RpcOptions rpc)
    {
        var progress = new RunProgress();
        var input = record.Input;
        await foreach (var e in handle.FetchHistoryEventsAsync(new() { SkipArchival = true, Rpc = rpc }))
        {
            progress.Apply(e);
            if (input is not null && e.WorkflowExecutionStartedEventAttributes?.Input?.Payloads_ is [var payload, ..])
            {
                input = await client.Options.DataConverter.ToValueAsync<LakehouseInput>(payload) ?? input;
            }
        }

        if (record.Ended is null)
        {
            var description = await client.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = handle.Id, RunId = record.RunId } }, rpc);
            progress.Apply(description.PendingActivities);
        }

        return record with { Input = input, Steps = progress.Steps };
    }

    private static async Task<RunDetails> ReadOutcomeAsync(RunDetails record, WorkflowHandle handle, RpcOptions rpc)
    {
        try
        {
            return record.Input is null
                ? record with { Rollback = await handle.GetResultAsync<RollbackReport>(followRuns: false, rpcOptions: rpc) }
                : record with { Report = await handle.GetResultAsync<LakehouseReport>(followRuns: false, rpcOptions: rpc) };
        }
        catch (WorkflowFailedException e)
        {
            var error = RunFailure.Explain(e);
            return record with { Failure = error.Message, Advice = error.Advice };
        }
    }
}

/// <summary>An open or ended run.</summary>
public sealed record RunDetails
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

    /// <summary>Its input; null for a rollback.</summary>
    public required LakehouseInput? Input { get; init; }

    /// <summary>Its steps.</summary>
    public required IReadOnlyList<RunStep> Steps { get; init; }

    /// <summary>Its report, if it completed.</summary>
    public LakehouseReport? Report { get; init; }

    /// <summary>Its report, if it is a rollback that completed.</summary>
    public RollbackReport? Rollback { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Failure { get; init; }

    /// <summary>What the failure means and what to do.</summary>
    public IReadOnlyList<string>? Advice { get; init; }
}
