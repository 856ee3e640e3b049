using System.Collections.Frozen;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Visibility;
using Temporalio.Api.Worker.V1;

namespace Stedi.DevStack.Temporal.Workers;

/// <summary>Lists the workers that match a query, ordered by instance key.</summary>
public sealed class ListWorkers(NamespaceDirectory namespaces, WorkerDirectory workers) : IOperation<ListWorkersRequest, ListWorkersResponse>
{
    public Task<ListWorkersResponse> ExecuteAsync(ListWorkersRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var size = PageSize.Of(request.PageSize);
        var after = request.NextPageToken.ToStringUtf8();
        var page = WorkerQuery.Find(workers, request.Namespace, request.Query)
            .Where(w => string.CompareOrdinal(w.Heartbeat.WorkerInstanceKey, after) > 0)
            .Take(size + 1).ToArray();
        var response = new ListWorkersResponse { Workers = { page.Take(size).Select(EntryOf) } };
#pragma warning disable CS0612 // Obsolete, but still read by current user interfaces.
        response.WorkersInfo.Add(page.Take(size).Select(w => new WorkerInfo { WorkerHeartbeat = w.Heartbeat }));
#pragma warning restore CS0612
        if (page.Length > size)
        {
            response.NextPageToken = ByteString.CopyFromUtf8(page[size - 1].Heartbeat.WorkerInstanceKey);
        }

        return Task.FromResult(response);
    }

    private static WorkerListInfo EntryOf(WorkerEntry worker) => new()
    {
        WorkerInstanceKey = worker.Heartbeat.WorkerInstanceKey,
        WorkerIdentity = worker.Heartbeat.WorkerIdentity,
        TaskQueue = worker.Heartbeat.TaskQueue,
        DeploymentVersion = worker.Heartbeat.DeploymentVersion,
        SdkName = worker.Heartbeat.SdkName,
        SdkVersion = worker.Heartbeat.SdkVersion,
        Status = worker.Heartbeat.Status,
        StartTime = worker.Heartbeat.StartTime,
        HostName = worker.Heartbeat.HostInfo?.HostName ?? "",
        ProcessId = worker.Heartbeat.HostInfo?.ProcessId ?? "",
    };
}

/// <summary>Counts the workers that match a query.</summary>
public sealed class CountWorkers(NamespaceDirectory namespaces, WorkerDirectory workers) : IOperation<CountWorkersRequest, CountWorkersResponse>
{
    public Task<CountWorkersResponse> ExecuteAsync(CountWorkersRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return Task.FromResult(new CountWorkersResponse { Count = WorkerQuery.Find(workers, request.Namespace, request.Query).Count() });
    }
}

/// <summary>Describes one worker.</summary>
public sealed class DescribeWorker(NamespaceDirectory namespaces, WorkerDirectory workers) : IOperation<DescribeWorkerRequest, DescribeWorkerResponse>
{
    public Task<DescribeWorkerResponse> ExecuteAsync(DescribeWorkerRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var worker = workers.Of(request.Namespace).FirstOrDefault(w => w.Heartbeat.WorkerInstanceKey == request.WorkerInstanceKey)
            ?? throw RpcErrors.NotFound($"worker not found: {request.WorkerInstanceKey}");
        return Task.FromResult(new DescribeWorkerResponse { WorkerInfo = new() { WorkerHeartbeat = worker.Heartbeat } });
    }
}

/// <summary>Finds workers by the query attributes of official servers.</summary>
internal static class WorkerQuery
{
    private static readonly FrozenSet<string> Attributes =
        ["WorkerInstanceKey", "WorkerIdentity", "HostName", "TaskQueue", "DeploymentName", "BuildId", "SdkName", "SdkVersion", "StartTime", "HeartbeatTime", "Status"];

    /// <exception cref="RequestException">The query is invalid.</exception>
    public static IEnumerable<WorkerEntry> Find(WorkerDirectory workers, string @namespace, string query)
    {
        var parsed = QueryParser.Parse(query, Attributes.Contains);
        return workers.Of(@namespace).Where(worker => parsed.Matches(RowOf(worker)));
    }

    private static VisibilityRow RowOf(WorkerEntry worker)
    {
        var heartbeat = worker.Heartbeat;
        return new(worker.Namespace, new()
        {
            TaskQueue = heartbeat.TaskQueue,
            StartTime = heartbeat.StartTime ?? heartbeat.HeartbeatTime,
            SearchAttributes = new()
            {
                IndexedFields =
                {
                    ["WorkerInstanceKey"] = SearchAttributePayload.Of(heartbeat.WorkerInstanceKey),
                    ["WorkerIdentity"] = SearchAttributePayload.Of(heartbeat.WorkerIdentity),
                    ["HostName"] = SearchAttributePayload.Of(heartbeat.HostInfo?.HostName ?? ""),
                    ["DeploymentName"] = SearchAttributePayload.Of(heartbeat.DeploymentVersion?.DeploymentName ?? ""),
                    ["BuildId"] = SearchAttributePayload.Of(heartbeat.DeploymentVersion?.BuildId ?? ""),
                    ["SdkName"] = SearchAttributePayload.Of(heartbeat.SdkName),
                    ["SdkVersion"] = SearchAttributePayload.Of(heartbeat.SdkVersion),
                    ["HeartbeatTime"] = SearchAttributePayload.Of($"{heartbeat.HeartbeatTime.ToMoment():O}", "Datetime"),
                    ["Status"] = SearchAttributePayload.Of($"{heartbeat.Status}"),
                },
            },
        });
    }
}
