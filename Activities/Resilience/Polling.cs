namespace Stedi.Temporal.Activities.Resilience;

/// <summary>Waits for something that a service works on by asking for its state repeatedly.</summary>
public static class Polling
{
    /// <summary>Asks until the answer is the awaited one.</summary>
    /// <param name="get">Asks for the state.</param>
    /// <param name="isDone">Whether that state ends the wait.</param>
    /// <param name="interval">The pauses between two calls.</param>
    /// <param name="heartbeat">Called before every call.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The state that ended the wait.</returns>
    public static async Task<T> UntilAsync<T>(
        Func<CancellationToken, Task<T>> get, Func<T, bool> isDone, PollingInterval interval, Action heartbeat, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var pause = interval.First; ; pause = interval.After(pause))
        {
            heartbeat();
            var state = await get(cancellationToken);
            if (isDone(state))
            {
                return state;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }
}

/// <summary>The pauses between polls: exponential up to a maximum.</summary>
/// <param name="First">The first pause.</param>
/// <param name="Max">The longest pause.</param>
/// <param name="Growth">What each pause is multiplied by to give the next.</param>
public sealed record PollingInterval(TimeSpan First, TimeSpan Max, double Growth)
{
    /// <summary>The pause that follows another.</summary>
    public TimeSpan After(TimeSpan pause) => pause * Growth < Max ? pause * Growth : Max;
}
