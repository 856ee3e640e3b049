using Stedi.Temporal.Worker.Commands;
using Stedi.Temporal.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>The main job's runs: one workflow id, so that one is open at a time.</summary>
public sealed class LakehouseRuns(ITemporalClient client, string workflowId)
{
    /// <summary>The run that has not ended, if there is one.</summary>
    public async Task<OpenRun?> FindOpenAsync(CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        try
        {
            var description = await client.GetWorkflowHandle(workflowId).DescribeAsync(new() { Rpc = rpc });
            return description.Status == WorkflowExecutionStatus.Running ? await ReadAsync(description.RunId, rpc) : null;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Joins the open run if it does what is asked, and otherwise starts one.</summary>
    /// <exception cref="CommandException">An open run does something else.</exception>
    public async Task<JoinedRun> JoinOrStartAsync(LakehouseInput input, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var handle = await client.StartWorkflowAsync(
                    (LakehouseWorkflow workflow) => workflow.RunAsync(input),
                    new(workflowId, TaskQueues.Lakehouse)
                    {
                        IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate,
                        IdConflictPolicy = WorkflowIdConflictPolicy.Fail,
                        Rpc = new() { CancellationToken = cancellationToken },
                    });
                return new(Handle(handle.ResultRunId ?? handle.FirstExecutionRunId), WasOpen: false);
            }
            catch (WorkflowAlreadyStartedException)
            {
                if (await FindOpenAsync(cancellationToken) is { } open)
                {
                    return Join(open, input);
                }

                // It ended between the two calls: there is room for a new one.
            }
        }
    }

    /// <summary>Joins an open run.</summary>
    /// <exception cref="CommandException">It does something else.</exception>
    public JoinedRun Join(OpenRun open, LakehouseInput input)
    {
        var differences = open.Differences(input);
        return differences.Count == 0
            ? new(Handle(open.RunId), WasOpen: true)
            : throw new CommandException(
                $"Another run of {workflowId} is open and does something else: {string.Join(", ", differences)}.",
                "Wait until it has ended, or give the same options to follow it.",
                "To stop it, type `stedi cancel`.");
    }

    WorkflowHandle<LakehouseWorkflow, LakehouseReport> Handle(string? runId) =>
        client.GetWorkflowHandle<LakehouseWorkflow, LakehouseReport>(workflowId, runId);

    async Task<OpenRun> ReadAsync(string runId, RpcOptions rpc)
    {
        await foreach (var e in client.GetWorkflowHandle(workflowId, runId).FetchHistoryEventsAsync(new() { Rpc = rpc }))
        {
            var payloads = e.WorkflowExecutionStartedEventAttributes?.Input?.Payloads_;
            var input = payloads is [var payload, ..] ? await client.Options.DataConverter.ToValueAsync<LakehouseInput>(payload) : null;
            return new(runId, input ?? new());
        }

        return new(runId, new());
    }
}
