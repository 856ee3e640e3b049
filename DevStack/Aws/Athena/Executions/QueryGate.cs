namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Who may run now: a few queries side by side, or one alone. Served in the order they ask.</summary>
internal sealed class QueryGate(int sideBySide) : IDisposable
{
    private readonly SemaphoreSlim _places = new(sideBySide);

    // Held while a query takes its places, so that two that want all of them cannot wait for each other.
    private readonly SemaphoreSlim _door = new(1);

    public Task<IDisposable> EnterSharedAsync() => EnterAsync(1);

    public Task<IDisposable> EnterExclusiveAsync() => EnterAsync(sideBySide);

    public void Dispose()
    {
        _places.Dispose();
        _door.Dispose();
    }

    private async Task<IDisposable> EnterAsync(int wanted)
    {
        await _door.WaitAsync();
        try
        {
            for (var taken = 0; taken < wanted; taken++)
            {
                await _places.WaitAsync();
            }
        }
        finally
        {
            _door.Release();
        }
        return new Turn(_places, wanted);
    }

    private sealed class Turn(SemaphoreSlim places, int taken) : IDisposable
    {
        public void Dispose() => places.Release(taken);
    }
}
