using System.Collections.Concurrent;
using System.Text;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Storage;

namespace Stedi.DevStack.Temporal.Engine.Commits;

/// <summary>Caches runs in memory and loads others from the store. A run is used only under its lease.</summary>
public sealed class RunCache(IStateStore store) : IRunSource
{
    private const int ClosedRunsKept = 1000;
    private readonly ConcurrentDictionary<string, Execution> _runs = new();
    private readonly ConcurrentDictionary<WorkflowKey, string> _current = new();
    private readonly ConcurrentQueue<string> _closed = new();

    public string? CurrentRunId(WorkflowKey key)
    {
        if (_current.TryGetValue(key, out var runId))
        {
            return runId;
        }

        return store.Read(RecordKind.CurrentRun, key.RecordKey) is { } bytes ? _current[key] = Encoding.UTF8.GetString(bytes) : null;
    }

    public Execution? Load(string runId)
    {
        if (_runs.TryGetValue(runId, out var cached))
        {
            return cached;
        }

        if (RunRecords.Read(store, runId) is not { } execution)
        {
            return null;
        }

        Put(execution);
        return execution;
    }

    public void Put(Execution execution)
    {
        _runs[execution.State.RunId] = execution;
        if (execution.State.IsRunning)
        {
            return;
        }

        _closed.Enqueue(execution.State.RunId);
        while (_closed.Count > ClosedRunsKept && _closed.TryDequeue(out var oldest))
        {
            if (_runs.TryGetValue(oldest, out var old) && !old.State.IsRunning)
            {
                _runs.TryRemove(oldest, out _);
            }
        }
    }

    public void SetCurrent(WorkflowKey key, string? runId)
    {
        if (runId is null)
        {
            _current.TryRemove(key, out _);
        }
        else
        {
            _current[key] = runId;
        }
    }

    public void Evict(IEnumerable<string> runIds)
    {
        foreach (var runId in runIds)
        {
            _runs.TryRemove(runId, out _);
        }
    }
}
