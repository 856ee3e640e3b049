using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>Finds the lake's runs, including rollbacks, whoever started them: all runs on the lake's task queue, whatever their workflow ids.</summary>
/// <param name="client">The connection to Temporal.</param>
/// <param name="settings">They name the lake's task queue and the workflow id of its main job.</param>
internal sealed class RunFinder(ITemporalClient client, StediSettings settings)
{
    // How many of the latest runs are searched for the beginning of an id.
    private const int SearchLimit = 1000;

    /// <summary>The latest runs, the newest first.</summary>
    public Task<IReadOnlyList<WorkflowExecution>> ListAsync(int limit, CancellationToken cancellationToken) => ListAsync(Query, limit, cancellationToken);

    /// <summary>The open runs.</summary>
    public async Task<IReadOnlyList<WorkflowExecution>> ListOpenAsync(CancellationToken cancellationToken)
    {
        var listed = await ListAsync($"{Query} AND ExecutionStatus = \"Running\"", SearchLimit, cancellationToken);
        var main = await DescribeAsync(null, cancellationToken);
        return main is not { Status: WorkflowExecutionStatus.Running } || listed.Any(run => run.RunId == main.RunId) ? listed : [main, .. listed];
    }

    /// <summary>Finds a run by its id or the beginning of it; null finds the latest lakehouse run.</summary>
    /// <exception cref="CommandException">There is no such run, or the beginning is ambiguous.</exception>
    public async Task<WorkflowExecution> FindAsync(string? runId, CancellationToken cancellationToken)
    {
        // Describing a run by its workflow id is consistent; the visibility store of a cluster lags behind.
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
            _ => throw new CommandException($"The ids of {matching.Count} runs begin with {runId}.", "Type more of the id; `stedi runs` lists them."),
        };
    }

    private string Query => $"TaskQueue = \"{settings.TaskQueue}\" AND WorkflowType IN (\"{nameof(LakehouseWorkflow)}\", \"{nameof(RollbackWorkflow)}\")";

    private async Task<IReadOnlyList<WorkflowExecution>> ListAsync(string query, int limit, CancellationToken cancellationToken) =>
        await client.ListWorkflowsAsync(query, new() { Limit = limit, Rpc = new() { CancellationToken = cancellationToken } }).ToListAsync(cancellationToken);

    private async Task<WorkflowExecution?> DescribeAsync(string? runId, CancellationToken cancellationToken)
    {
        try
        {
            var run = await client.GetWorkflowHandle(settings.WorkflowId, runId).DescribeAsync(new() { Rpc = new() { CancellationToken = cancellationToken } });
            // Another lake of the namespace may use the same workflow id.
            return run.TaskQueue == settings.TaskQueue ? run : null;
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.InvalidArgument)
        {
            return null;
        }
    }

    private CommandException Unknown(string? runId) => runId is null
        ? new($"There is no run of {settings.WorkflowId} yet.", "Type `stedi` to start one.")
        : new($"There is no run {runId} of {settings.WorkflowId}.", "`stedi runs` lists the runs.");
}
