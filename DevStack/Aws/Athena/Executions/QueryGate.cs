namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Admits a limited number of queries at a time, or one exclusively, in the order of the calls. Disposing the result leaves.</summary>
internal sealed class QueryGate(int limit) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(limit);

    // Held while a query acquires its slots, so that two exclusive ones cannot deadlock.
    private readonly SemaphoreSlim _entryLock = new(1);

    public Task<IDisposable> EnterSharedAsync() => EnterAsync(1);

    public Task<IDisposable> EnterExclusiveAsync() => EnterAsync(limit);

    public void Dispose()
    {
        _slots.Dispose();
        _entryLock.Dispose();
    }

    private async Task<IDisposable> EnterAsync(int count)
    {
        await _entryLock.WaitAsync();
        try
        {
            for (var acquired = 0; acquired < count; acquired++)
            {
                await _slots.WaitAsync();
            }
        }
        finally
        {
            _entryLock.Release();
        }
        return new Entry(_slots, count);
    }

    private sealed class Entry(SemaphoreSlim slots, int acquired) : IDisposable
    {
        public void Dispose() => slots.Release(acquired);
    }
}
