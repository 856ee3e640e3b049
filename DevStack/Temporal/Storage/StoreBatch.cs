namespace Stedi.DevStack.Temporal.Storage;

/// <summary>Everything one decision changes; a store makes all of it durable or none.</summary>
public sealed class StoreBatch
{
    private readonly List<RecordWrite> records = [];
    private readonly List<HistoryWrite> events = [];
    private readonly List<string> deletedHistories = [];

    /// <summary>A record to put, or to delete where the value is <c>null</c>.</summary>
    public readonly record struct RecordWrite(RecordKind Kind, string Key, byte[]? Value);

    /// <summary>One event to append to a run's history.</summary>
    public readonly record struct HistoryWrite(string RunId, long EventId, byte[] Value);

    public IReadOnlyList<RecordWrite> Records => records;

    public IReadOnlyList<HistoryWrite> Events => events;

    /// <summary>The runs whose history goes away entirely.</summary>
    public IReadOnlyList<string> DeletedHistories => deletedHistories;

    public bool IsEmpty => records.Count == 0 && events.Count == 0 && deletedHistories.Count == 0;

    public void Put(RecordKind kind, string key, byte[] value) => records.Add(new(kind, key, value));

    public void Delete(RecordKind kind, string key) => records.Add(new(kind, key, null));

    public void Append(string runId, long eventId, byte[] value) => events.Add(new(runId, eventId, value));

    public void DeleteHistory(string runId) => deletedHistories.Add(runId);
}
