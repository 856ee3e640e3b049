using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>Starts and joins runs of the main job. They share a workflow id, so at most one is open.</summary>
/// <param name="client">The connection to Temporal.</param>
/// <param name="workflowId">The workflow id of the main job.</param>
/// <param name="taskQueue">The task queue of runs that are started.</param>
public sealed class LakehouseRuns(ITemporalClient client, string workflowId, string taskQueue)
{
    /// <summary>The open run, if there is one.</summary>
    /// <exception cref="CommandException">The open run of the workflow id is another lake's.</exception>
    public async Task<JoinableRun?> FindOpenAsync(CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        try
        {
            var description = await client.GetWorkflowHandle(workflowId).DescribeAsync(new() { Rpc = rpc });
            return description.Status != WorkflowExecutionStatus.Running ? null
                : description.TaskQueue == taskQueue ? await ReadAsync(description.RunId, rpc)
                : throw new CommandException(
                    $"Another lake runs {workflowId} in this namespace, on task queue {description.TaskQueue}.",
                    "Give each lake of a namespace a workflow id of its own: run.workflowId in temporal-dev.yaml.");
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Joins the open run if its input is the same, or starts one if none is open.</summary>
    /// <exception cref="CommandException">The open run has another input.</exception>
    public async Task<JoinedRun> JoinOrStartAsync(LakehouseInput input, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var handle = await client.StartWorkflowAsync(
                    (LakehouseWorkflow workflow) => workflow.RunAsync(input),
                    new(workflowId, taskQueue)
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

                // It ended between the two calls: start another one.
            }
        }
    }

    /// <summary>Joins an open run.</summary>
    /// <exception cref="CommandException">The run has another input.</exception>
    public JoinedRun Join(JoinableRun open, LakehouseInput input)
    {
        var differences = open.Differences(input);
        return differences.Count == 0
            ? new(Handle(open.RunId), WasOpen: true)
            : throw new CommandException(
                $"Another run of {workflowId} is open with different options: {string.Join(", ", differences)}.",
                "Wait until it has ended, or use the same options to follow it.",
                "To stop it, type `stedi cancel`.");
    }

    private WorkflowHandle<LakehouseWorkflow, LakehouseReport> Handle(string? runId) =>
        client.GetWorkflowHandle<LakehouseWorkflow, LakehouseReport>(workflowId, runId);

    private async Task<JoinableRun> ReadAsync(string runId, RpcOptions rpc)
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

/// <summary>An open run.</summary>
/// <param name="RunId">Temporal's run id.</param>
/// <param name="Input">Its input.</param>
public sealed record JoinableRun(string RunId, LakehouseInput Input)
{
    /// <summary>How another input differs from this run's, one phrase per field; empty if they are equal.</summary>
    public IReadOnlyList<string> Differences(LakehouseInput other)
    {
        var differences = new List<string>();
        Compare("lake", Lake(Input), Lake(other));
        Compare("source", Prefix(Input), Prefix(other));
        Compare("consent policy", Input.ConsentPolicy, other.ConsentPolicy);
        Compare("rejected lines limit", Input.RejectedLinesLimit, other.RejectedLinesLimit);
        Compare("snapshots to keep", Input.SnapshotsToKeep, other.SnapshotsToKeep);
        Compare("looser policy", Input.AllowLooserPolicy ? "allowed" : "not allowed", other.AllowLooserPolicy ? "allowed" : "not allowed");
        Compare("snapshot that may shrink", Input.AllowShrink == 0 ? "none" : Number(Input.AllowShrink), other.AllowShrink == 0 ? "none" : Number(other.AllowShrink));
        Compare("change of source", Input.AllowSourceChange ? "allowed" : "not allowed", other.AllowSourceChange ? "allowed" : "not allowed");
        return differences;

        void Compare<T>(string name, T open, T given)
        {
            if (!Equals(open, given))
            {
                differences.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} is {open} there and {given} here"));
            }
        }
    }

    private static string Number(int generation) => generation.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Lake(LakehouseInput input) => input.Lake.Length == 0 ? "that of its worker" : input.Lake;

    private static string Prefix(LakehouseInput input) => input.SourcePrefix.Length == 0 ? "the lake's own landing zone" : input.SourcePrefix;
}

/// <summary>A run that a command follows.</summary>
/// <param name="Handle">The run, and no other run of its workflow.</param>
/// <param name="WasOpen">Whether it was open before the command.</param>
public sealed record JoinedRun(WorkflowHandle<LakehouseWorkflow, LakehouseReport> Handle, bool WasOpen);
