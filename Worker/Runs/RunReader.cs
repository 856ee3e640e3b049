using Stedi.Temporal.Worker.Commands;
using Stedi.Temporal.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>Reads what a run did from its history.</summary>
sealed class RunReader(ITemporalClient client, string workflowId)
{
    /// <summary>Reads a run, or the latest one.</summary>
    /// <param name="runId">The run, or the beginning of its id, or null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">There is no such run, or several begin so.</exception>
    public async Task<RunRecord> ReadAsync(string? runId, CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        var run = await new RunDirectory(client, workflowId).FindAsync(runId, cancellationToken);
        var handle = client.GetWorkflowHandle(run.Id, run.RunId);
        var record = new RunRecord
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

    async Task<RunRecord> ReadHistoryAsync(RunRecord record, WorkflowHandle handle, RpcOptions rpc)
    {
        var board = new StepBoard();
        var input = record.Input;
        await foreach (var e in handle.FetchHistoryEventsAsync(new() { SkipArchival = true, Rpc = rpc }))
        {
            board.Apply(e);
            if (input is not null && e.WorkflowExecutionStartedEventAttributes?.Input?.Payloads_ is [var payload, ..])
            {
                input = await client.Options.DataConverter.ToValueAsync<LakehouseInput>(payload) ?? input;
            }
        }

        if (record.Ended is null)
        {
            var description = await client.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = handle.Id, RunId = record.RunId } }, rpc);
            board.Apply(description.PendingActivities);
        }

        return record with { Input = input, Steps = board.Steps };
    }

    static async Task<RunRecord> ReadOutcomeAsync(RunRecord record, WorkflowHandle handle, RpcOptions rpc)
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
