using System.Collections.Concurrent;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Rpc;
using Temporalio.Api.Worker.V1;

namespace Stedi.DevStack.Temporal.Workers;

/// <summary>A worker as known from its polls and heartbeats.</summary>
public sealed record WorkerEntry(string Namespace, WorkerHeartbeat Heartbeat);

/// <summary>The live workers: those that polled or sent a heartbeat recently and have not shut down.</summary>
public sealed class WorkerDirectory(TimeProvider clock)
{
    // A poll takes up to a minute, so a live worker polls at least that often.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<(string Namespace, string Key), WorkerEntry> _workers = new();

    /// <summary>The workers of a namespace, ordered by instance key.</summary>
    public IEnumerable<WorkerEntry> Of(string @namespace)
    {
        var since = clock.GetUtcNow() - Lifetime;
        return _workers.Values
            .Where(w => w.Namespace == @namespace && w.Heartbeat.HeartbeatTime.ToMoment() >= since)
            .OrderBy(w => w.Heartbeat.WorkerInstanceKey, StringComparer.Ordinal);
    }

    /// <summary>Records a poll. Workers without an instance key cannot be distinguished and are not listed.</summary>
    public void RecordPoll(string @namespace, string key, string identity, string taskQueue, CallContext call)
    {
        if (key.Length == 0)
        {
            return;
        }

        var now = clock.GetUtcNow().ToTimestamp();
        _workers.AddOrUpdate(
            (@namespace, key),
            _ => new(@namespace, new()
            {
                WorkerInstanceKey = key,
                WorkerIdentity = identity,
                TaskQueue = taskQueue,
                SdkName = call.ClientName,
                SdkVersion = call.ClientVersion,
                Status = WorkerStatus.Running,
                StartTime = now,
                HeartbeatTime = now,
            }),
            (_, known) => known with { Heartbeat = new(known.Heartbeat) { HeartbeatTime = now } });
    }

    /// <summary>Records a worker's heartbeat.</summary>
    public void RecordHeartbeat(string @namespace, WorkerHeartbeat heartbeat)
    {
        if (heartbeat.WorkerInstanceKey.Length > 0)
        {
            _workers[(@namespace, heartbeat.WorkerInstanceKey)] = new(@namespace, new(heartbeat) { HeartbeatTime = clock.GetUtcNow().ToTimestamp() });
        }
    }

    public void Remove(string @namespace, string key) => _workers.TryRemove((@namespace, key), out _);
}
