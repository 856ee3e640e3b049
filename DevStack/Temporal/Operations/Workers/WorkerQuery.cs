using System.Collections.Frozen;
using Stedi.DevStack.Temporal.Matching;
using Stedi.DevStack.Temporal.Visibility;
using Stedi.DevStack.Temporal.Visibility.Query;

namespace Stedi.DevStack.Temporal.Operations.Workers;

/// <summary>Finds workers by the attributes that official servers give them.</summary>
internal static class WorkerQuery
{
    private static readonly FrozenSet<string> Attributes =
        ["WorkerInstanceKey", "WorkerIdentity", "HostName", "TaskQueue", "DeploymentName", "BuildId", "SdkName", "SdkVersion", "StartTime", "HeartbeatTime", "Status"];

    /// <exception cref="Frontend.RequestException">The query cannot be read.</exception>
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
                    ["WorkerInstanceKey"] = AttributePayload.Of(heartbeat.WorkerInstanceKey),
                    ["WorkerIdentity"] = AttributePayload.Of(heartbeat.WorkerIdentity),
                    ["HostName"] = AttributePayload.Of(heartbeat.HostInfo?.HostName ?? ""),
                    ["DeploymentName"] = AttributePayload.Of(heartbeat.DeploymentVersion?.DeploymentName ?? ""),
                    ["BuildId"] = AttributePayload.Of(heartbeat.DeploymentVersion?.BuildId ?? ""),
                    ["SdkName"] = AttributePayload.Of(heartbeat.SdkName),
                    ["SdkVersion"] = AttributePayload.Of(heartbeat.SdkVersion),
                    ["HeartbeatTime"] = AttributePayload.Of($"{heartbeat.HeartbeatTime.ToMoment():O}", "Datetime"),
                    ["Status"] = AttributePayload.Of($"{heartbeat.Status}"),
                },
            },
        });
    }
}
