using System.Text.Json;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>
/// Marks runs whose output must not be removed. Each has an object below <c>runs/</c>, which is written before the run's first
/// output and deleted after its clean-up.
/// </summary>
public sealed class RunMarkers(LakeObjects objects, TimeProvider time)
{
    private const string Prefix = "runs/";
    private static readonly TimeSpan UnknownRunTimeout = TimeSpan.FromDays(1);

    /// <summary>Writes a run's marker. Idempotent.</summary>
    public Task WriteAsync(RunContext run, CancellationToken cancellationToken) =>
        objects.WriteAsync(KeyOf(run.Id), TextOf(run), cancellationToken);

    /// <summary>Deletes a run's marker.</summary>
    public Task DeleteAsync(string runId, CancellationToken cancellationToken) => objects.DeleteAsync(KeyOf(runId), cancellationToken);

    /// <summary>Returns all marked runs, both open and crashed ones.</summary>
    public async Task<IReadOnlyList<RunContext>> ListAsync(CancellationToken cancellationToken)
    {
        var runs = new List<RunContext>();
        foreach (var found in await objects.ListAsync(Prefix, cancellationToken))
        {
            if (await objects.ReadAsync(found.Key, cancellationToken) is { } read)
            {
                runs.Add(StoredFormat.Read<RunContext>(read.Text, objects.Uri(found.Key)));
            }
        }

        return runs;
    }

    /// <summary>
    /// Returns whether a run's workflow has ended. A run that the server does not know may belong to another server, so it
    /// counts as ended only after a day.
    /// </summary>
    public async Task<bool> IsClosedAsync(RunContext run, ITemporalClient client, CancellationToken cancellationToken)
    {
        try
        {
            var handle = client.GetWorkflowHandle(run.WorkflowId, run.Id);
            var described = await handle.DescribeAsync(new() { Rpc = new() { CancellationToken = cancellationToken } });
            return described.Status != WorkflowExecutionStatus.Running;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return time.GetUtcNow() - run.AsOf > UnknownRunTimeout;
        }
    }

    private static string TextOf(RunContext run)
    {
        var marker = JsonSerializer.SerializeToNode(run, StediDataConverter.Json)!;
        marker["format"] = StoredFormat.Current;
        return marker.ToJsonString();
    }

    private static string KeyOf(string runId) => $"{Prefix}{runId}.json";
}
