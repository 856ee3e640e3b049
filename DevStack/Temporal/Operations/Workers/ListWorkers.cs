using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Matching;
using Temporalio.Api.Worker.V1;

namespace Stedi.DevStack.Temporal.Operations.Workers;

/// <summary>Lists the workers that match a query, by key.</summary>
public sealed class ListWorkers(NamespaceDirectory namespaces, WorkerDirectory workers) : IOperation<ListWorkersRequest, ListWorkersResponse>
{
    private const int LargestPage = 1000;

    public Task<ListWorkersResponse> ExecuteAsync(ListWorkersRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var size = request.PageSize is > 0 and < LargestPage ? request.PageSize : LargestPage;
        var after = request.NextPageToken.ToStringUtf8();
        var page = WorkerQuery.Find(workers, request.Namespace, request.Query)
            .Where(w => string.CompareOrdinal(w.Heartbeat.WorkerInstanceKey, after) > 0)
            .Take(size + 1).ToArray();
        var response = new ListWorkersResponse { Workers = { page.Take(size).Select(EntryOf) } };
#pragma warning disable CS0612 // Obsolete, and what user interfaces of today still read.
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
