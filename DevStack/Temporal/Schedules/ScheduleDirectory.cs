using System.Collections.Concurrent;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Storage;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Keeps all schedules. Decisions about one schedule run one at a time and are stored before they are visible.</summary>
public sealed class ScheduleDirectory(IStateStore store)
{
    private readonly KeyedLock<string> _locks = new();
    private readonly ConcurrentDictionary<string, ScheduleRecord> _records = new();

    /// <summary>Raised after a schedule changed.</summary>
    public event Action? Changed;

    public IEnumerable<ScheduleRecord> All => _records.Values;

    /// <summary>Loads the stored schedules. Call once, before the server accepts requests.</summary>
    public void Load()
    {
        foreach (var (key, bytes) in store.ReadAll(RecordKind.Schedule))
        {
            _records[key] = StateSerializer.Deserialize<ScheduleRecord>(bytes);
        }
    }

    /// <summary>Applies <paramref name="decide"/> to a copy of a schedule and stores the copy. If it throws, nothing changes.</summary>
    /// <exception cref="RequestException">There is no such schedule.</exception>
    public Task<TResult> DecideAsync<TResult>(string @namespace, string scheduleId, Func<ScheduleRecord, Task<TResult>> decide) =>
        DecideOrCreateAsync(@namespace, scheduleId, record => decide(record ?? throw NotFound(scheduleId)), _ => null);

    /// <summary>Creates a schedule, unless the same request has created it before.</summary>
    /// <exception cref="RequestException">A schedule of that id was created by another request.</exception>
    public Task CreateAsync(ScheduleRecord created) => DecideOrCreateAsync(
        created.Namespace,
        created.ScheduleId,
        existing => existing is null || existing.CreateRequestId == created.CreateRequestId
            ? Task.FromResult(true)
            : throw RpcErrors.AlreadyStarted($"schedule with this ID is already registered: {created.ScheduleId}", existing.CreateRequestId, ""),
        existing => existing ?? created);

    public async Task DeleteAsync(string @namespace, string scheduleId)
    {
        var key = ScheduleRecord.KeyOf(@namespace, scheduleId);
        using var held = await _locks.AcquireAsync(key);
        if (!_records.ContainsKey(key))
        {
            throw NotFound(scheduleId);
        }

        var batch = new StoreBatch();
        batch.Delete(RecordKind.Schedule, key);
        await store.CommitAsync(batch);
        _records.TryRemove(key, out _);
        Changed?.Invoke();
    }

    private async Task<TResult> DecideOrCreateAsync<TResult>(
        string @namespace, string scheduleId, Func<ScheduleRecord?, Task<TResult>> decide, Func<ScheduleRecord?, ScheduleRecord?> create)
    {
        var key = ScheduleRecord.KeyOf(@namespace, scheduleId);
        using var held = await _locks.AcquireAsync(key);
        var before = _records.TryGetValue(key, out var stored) ? StateSerializer.Serialize(stored) : null;
        var copy = before is null ? null : StateSerializer.Deserialize<ScheduleRecord>(before);
        var result = await decide(copy);
        if ((copy ?? create(copy)) is { } record)
        {
            await SaveAsync(key, record, before);
        }

        return result;
    }

    private async Task SaveAsync(string key, ScheduleRecord record, byte[]? before)
    {
        var bytes = StateSerializer.Serialize(record);
        if (before is not null && bytes.AsSpan().SequenceEqual(before))
        {
            return;
        }

        var batch = new StoreBatch();
        batch.Put(RecordKind.Schedule, key, bytes);
        await store.CommitAsync(batch);
        _records[key] = record;
        Changed?.Invoke();
    }

    private static RequestException NotFound(string scheduleId) => RpcErrors.NotFound($"schedule not found: {scheduleId}");
}
