namespace Stedi.DevStack.Temporal.Common;

/// <summary>One asynchronous lock per key. A key uses no memory while its lock is neither held nor awaited.</summary>
public sealed class KeyedLock<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <summary>Waits for the key's lock; disposing the result releases it.</summary>
    public async Task<IDisposable> AcquireAsync(TKey key)
    {
        Entry? entry;
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out entry))
            {
                _entries[key] = entry = new();
            }

            entry.Users++;
        }

        await entry.Semaphore.WaitAsync();
        return new Release(this, key, entry);
    }

    private sealed class Entry
    {
        public SemaphoreSlim Semaphore { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Release(KeyedLock<TKey> owner, TKey key, Entry entry) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._entries)
            {
                if (--entry.Users == 0)
                {
                    owner._entries.Remove(key);
                }
            }

            entry.Semaphore.Release();
        }
    }
}
