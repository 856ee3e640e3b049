namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Who may run now: a few queries side by side, or one alone. Served in the order they ask.</summary>
internal sealed class QueryGate(int sideBySide) : IDisposable
{
    readonly SemaphoreSlim places = new(sideBySide);

    // Held while a query takes its places, so that two that want all of them cannot wait for each other.
    readonly SemaphoreSlim door = new(1);

    public Task<IDisposable> EnterSharedAsync() => EnterAsync(1);

    public Task<IDisposable> EnterExclusiveAsync() => EnterAsync(sideBySide);

    public void Dispose()
    {
        places.Dispose();
        door.Dispose();
    }

    async Task<IDisposable> EnterAsync(int wanted)
    {
        await door.WaitAsync();
        try
        {
            for (var taken = 0; taken < wanted; taken++)
                await places.WaitAsync();
        }
        finally
        {
            door.Release();
        }
        return new Turn(places, wanted);
    }

    sealed class Turn(SemaphoreSlim places, int taken) : IDisposable
    {
        public void Dispose() => places.Release(taken);
    }
}
