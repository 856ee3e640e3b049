namespace Stedi.DevStack.Temporal.Storage;

/// <summary>Stores the server's state as bytes: records by kind and key, and histories by run.</summary>
public interface IStateStore : IAsyncDisposable
{
    /// <summary>Completes when the whole batch is durable. A batch that fails changes nothing.</summary>
    public Task CommitAsync(StoreBatch batch);

    /// <summary>The record's bytes, or <c>null</c> if there is none.</summary>
    public byte[]? Read(RecordKind kind, string key);

    /// <summary>Every record of a kind, in no particular order.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> ReadAll(RecordKind kind);

    /// <summary>A run's events, oldest first.</summary>
    public IReadOnlyList<byte[]> ReadHistory(string runId);
}

/// <summary>All writes of one decision, which a store applies atomically.</summary>
public sealed class StoreBatch
{
    private readonly List<RecordWrite> _records = [];
    private readonly List<HistoryWrite> _events = [];
    private readonly List<string> _deletedHistories = [];

    /// <summary>A record to put, or to delete if the value is <c>null</c>.</summary>
    public readonly record struct RecordWrite(RecordKind Kind, string Key, byte[]? Value);

    /// <summary>One event to append to a run's history.</summary>
    public readonly record struct HistoryWrite(string RunId, long EventId, byte[] Value);

    public IReadOnlyList<RecordWrite> Records => _records;

    public IReadOnlyList<HistoryWrite> Events => _events;

    /// <summary>The runs whose whole history is deleted.</summary>
    public IReadOnlyList<string> DeletedHistories => _deletedHistories;

    public bool IsEmpty => _records.Count == 0 && _events.Count == 0 && _deletedHistories.Count == 0;

    public void Put(RecordKind kind, string key, byte[] value) => _records.Add(new(kind, key, value));

    public void Delete(RecordKind kind, string key) => _records.Add(new(kind, key, null));

    public void Append(string runId, long eventId, byte[] value) => _events.Add(new(runId, eventId, value));

    public void DeleteHistory(string runId) => _deletedHistories.Add(runId);
}

/// <summary>The kinds of record in a store. The numbers are on disk: never reuse one.</summary>
public enum RecordKind
{
    /// <summary>Run id to execution state, of a run that is open or has undelivered messages.</summary>
    Execution = 1,

    /// <summary>Namespace and workflow id to the id of the current run.</summary>
    CurrentRun = 2,

    /// <summary>Namespace name to its registration.</summary>
    Namespace = 3,

    /// <summary>Namespace and schedule id to the schedule.</summary>
    Schedule = 4,

    /// <summary>Search attribute name to its type.</summary>
    SearchAttribute = 5,

    /// <summary>Run id to execution state, of a closed run without undelivered messages.</summary>
    SettledExecution = 6,

    /// <summary>Run id to the visibility row of a run whose state is a <see cref="SettledExecution"/>.</summary>
    SettledRow = 7,
}
