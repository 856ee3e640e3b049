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
    /// <param name="runId">The run, or null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">There is no such run.</exception>
    public async Task<RunRecord> ReadAsync(string? runId, CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        try
        {
            var description = await client.GetWorkflowHandle(workflowId, runId).DescribeAsync(new() { Rpc = rpc });
            var handle = client.GetWorkflowHandle<LakehouseWorkflow, LakehouseReport>(workflowId, description.RunId);
            var record = new RunRecord
            {
                RunId = description.RunId,
                Status = description.Status.ToString(),
                Started = description.StartTime,
                Ended = description.CloseTime,
                Input = new(),
                Steps = [],
            };
            record = await ReadHistoryAsync(record, handle, rpc);
            return description.Status == WorkflowExecutionStatus.Running ? record : await ReadOutcomeAsync(record, handle, rpc);
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.InvalidArgument)
        {
            throw runId is null
                ? new CommandException($"No run of {workflowId} is known.", "Type `stedi` for one.")
                : new CommandException($"There is no run {runId} of {workflowId}.", "Type `stedi show` for the latest.");
        }
    }

    async Task<RunRecord> ReadHistoryAsync(RunRecord record, WorkflowHandle handle, RpcOptions rpc)
    {
        var board = new StepBoard();
        var input = record.Input;
        await foreach (var e in handle.FetchHistoryEventsAsync(new() { SkipArchival = true, Rpc = rpc }))
        {
            board.Apply(e);
            if (e.WorkflowExecutionStartedEventAttributes?.Input?.Payloads_ is [var payload, ..])
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

    static async Task<RunRecord> ReadOutcomeAsync(RunRecord record, WorkflowHandle<LakehouseWorkflow, LakehouseReport> handle, RpcOptions rpc)
    {
        try
        {
            return record with { Report = await handle.GetResultAsync(followRuns: false, rpcOptions: rpc) };
        }
        catch (WorkflowFailedException e)
        {
            var error = RunFailure.Explain(e);
            return record with { Failure = error.Message, Advice = error.Advice };
        }
    }
}
