using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>
/// The lake's runs, rollbacks among them, wherever they were started: by this program under one workflow id, or by a
/// schedule, which puts the time behind that id.
/// </summary>
internal sealed class RunFinder(ITemporalClient client, string workflowId)
{
    // Among how many of the latest runs the beginning of an id is looked for.
    private const int SearchLimit = 1000;

    private string Query => $"WorkflowId STARTS_WITH \"{workflowId}\" AND WorkflowType IN (\"{nameof(LakehouseWorkflow)}\", \"{nameof(RollbackWorkflow)}\")";

    /// <summary>The latest runs, the newest first.</summary>
    public Task<IReadOnlyList<WorkflowExecution>> ListAsync(int limit, CancellationToken cancellationToken) => ListAsync(Query, limit, cancellationToken);

    /// <summary>The runs that have not ended.</summary>
    public async Task<IReadOnlyList<WorkflowExecution>> ListOpenAsync(CancellationToken cancellationToken)
    {
        var listed = await ListAsync($"{Query} AND ExecutionStatus = \"Running\"", SearchLimit, cancellationToken);
        var main = await DescribeAsync(null, cancellationToken);
        return main is not { Status: WorkflowExecutionStatus.Running } || listed.Any(run => run.RunId == main.RunId) ? listed : [main, .. listed];
    }

    /// <summary>A run by its id or the beginning of it; the latest lakehouse run if neither is given.</summary>
    /// <exception cref="CommandException">There is no such run, or several begin so.</exception>
    public async Task<WorkflowExecution> FindAsync(string? runId, CancellationToken cancellationToken)
    {
        // Asked by its workflow id, a run is known at once; a cluster's list lags behind.
        if (runId is null || Guid.TryParse(runId, out _))
        {
            var known = await DescribeAsync(runId, cancellationToken);
            if (known is not null && runId is not null)
            {
                return known;
            }

            var listed = (await ListAsync(SearchLimit, cancellationToken)).Where(run => runId is null ? run.WorkflowType == nameof(LakehouseWorkflow) : run.RunId == runId);
            return listed.Append(known).OfType<WorkflowExecution>().MaxBy(run => run.StartTime) ?? throw Unknown(runId);
        }

        var matching = (await ListAsync(SearchLimit, cancellationToken)).Where(run => run.RunId.StartsWith(runId, StringComparison.OrdinalIgnoreCase)).ToList();
        return matching switch
        {
            [var run] => run,
            [] => throw Unknown(runId),
            _ => throw new CommandException($"The ids of {matching.Count} runs begin with {runId}.", "Give more of it; `stedi runs` lists them."),
        };
    }

    private async Task<IReadOnlyList<WorkflowExecution>> ListAsync(string query, int limit, CancellationToken cancellationToken) =>
        await client.ListWorkflowsAsync(query, new() { Limit = limit, Rpc = new() { CancellationToken = cancellationToken } }).ToListAsync(cancellationToken);

    private async Task<WorkflowExecution?> DescribeAsync(string? runId, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetWorkflowHandle(workflowId, runId).DescribeAsync(new() { Rpc = new() { CancellationToken = cancellationToken } });
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.InvalidArgument)
        {
            return null;
        }
    }

    private CommandException Unknown(string? runId) => runId is null
        ? new($"No run of {workflowId} is known.", "Type `stedi` for one.")
        : new($"There is no run {runId} of {workflowId}.", "Type `stedi runs` for those there are.");
}
