using System.Collections.Concurrent;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Rpc;
using Temporalio.Api.Worker.V1;

namespace Stedi.DevStack.Temporal.Workers;

/// <summary>A worker process as its polls and heartbeats show it.</summary>
public sealed record WorkerEntry(string Namespace, WorkerHeartbeat Heartbeat);

/// <summary>The workers there are: those that polled lately or told of themselves, until they say goodbye.</summary>
public sealed class WorkerDirectory(TimeProvider clock)
{
    // A poll is held for a minute, so a worker that lives is seen at least that often.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<(string Namespace, string Key), WorkerEntry> _workers = new();

    /// <summary>The workers of a namespace, by their keys.</summary>
    public IEnumerable<WorkerEntry> Of(string @namespace)
    {
        var since = clock.GetUtcNow() - Lifetime;
        return _workers.Values
            .Where(w => w.Namespace == @namespace && w.Heartbeat.HeartbeatTime.ToMoment() >= since)
            .OrderBy(w => w.Heartbeat.WorkerInstanceKey, StringComparer.Ordinal);
    }

    /// <summary>Notes that a worker polls. One that has no key cannot be told from others and is not listed.</summary>
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

    /// <summary>Takes a worker's own word about itself.</summary>
    public void RecordHeartbeat(string @namespace, WorkerHeartbeat heartbeat)
    {
        if (heartbeat.WorkerInstanceKey.Length > 0)
        {
            _workers[(@namespace, heartbeat.WorkerInstanceKey)] = new(@namespace, new(heartbeat) { HeartbeatTime = clock.GetUtcNow().ToTimestamp() });
        }
    }

    public void Remove(string @namespace, string key) => _workers.TryRemove((@namespace, key), out _);
}
