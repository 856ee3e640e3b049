namespace Stedi.DevStack.Temporal.Storage;

/// <summary>Keeps state in memory for as long as the server runs.</summary>
public sealed class MemoryStateStore : IStateStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(RecordKind, string), byte[]> _records = [];
    private readonly Dictionary<string, List<byte[]>> _histories = [];

    public Task CommitAsync(StoreBatch batch)
    {
        lock (_gate)
        {
            foreach (var runId in batch.DeletedHistories)
            {
                _histories.Remove(runId);
            }

            foreach (var write in batch.Records)
            {
                Apply_NeedsLock(write);
            }

            foreach (var write in batch.Events)
            {
                if (!_histories.TryGetValue(write.RunId, out var history))
                {
                    _histories[write.RunId] = history = [];
                }

                history.Add(write.Value);
            }
        }

        return Task.CompletedTask;
    }

    public byte[]? Read(RecordKind kind, string key)
    {
        lock (_gate)
        {
            return _records.GetValueOrDefault((kind, key));
        }
    }

    public IReadOnlyList<KeyValuePair<string, byte[]>> ReadAll(RecordKind kind)
    {
        lock (_gate)
        {
            return [.. _records.Where(r => r.Key.Item1 == kind).Select(r => KeyValuePair.Create(r.Key.Item2, r.Value))];
        }
    }

    public IReadOnlyList<byte[]> ReadHistory(string runId)
    {
        lock (_gate)
        {
            return _histories.TryGetValue(runId, out var history) ? [.. history] : [];
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Apply_NeedsLock(StoreBatch.RecordWrite write)
    {
        if (write.Value is null)
        {
            _records.Remove((write.Kind, write.Key));
        }
        else
        {
            _records[(write.Kind, write.Key)] = write.Value;
        }
    }
}
