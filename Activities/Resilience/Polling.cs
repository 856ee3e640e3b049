namespace Stedi.Temporal.Activities.Resilience;

/// <summary>Waits for something that a service works on by asking for its state repeatedly.</summary>
public static class Polling
{
    /// <summary>Asks until the answer is the awaited one.</summary>
    /// <param name="get">Asks for the state.</param>
    /// <param name="isDone">Whether that state ends the wait.</param>
    /// <param name="interval">The pauses between two calls.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The state that ended the wait.</returns>
    public static async Task<T> UntilAsync<T>(
        Func<CancellationToken, Task<T>> get, Func<T, bool> isDone, PollingInterval interval, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var pause = interval.First; ; pause = interval.After(pause))
        {
            var state = await get(cancellationToken);
            if (isDone(state))
            {
                return state;
            }

            await Task.Delay(interval.Vary(pause), time, cancellationToken);
        }
    }
}

/// <summary>The pauses between polls: exponential up to a maximum.</summary>
/// <param name="First">The first pause.</param>
/// <param name="Max">The longest pause.</param>
/// <param name="Growth">What each pause is multiplied by to give the next.</param>
/// <param name="Jitter">The share of a pause by which it is longer or shorter at random, so that queries that start together do not poll together.</param>
public sealed record PollingInterval(TimeSpan First, TimeSpan Max, double Growth, double Jitter = 0)
{
    /// <summary>
    /// For AWS, which allows an account 100 calls of GetQueryExecution a second. The five audits of a run make at most 13.
    /// </summary>
    public static PollingInterval Remote { get; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5), 1.25, 0.2);

    /// <summary>
    /// For the embedded stack, which has no quota and answers when the state changes, or after a while.
    /// </summary>
    public static PollingInterval Local { get; } = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100), 1.05);

    /// <summary>The pause that follows another.</summary>
    public TimeSpan After(TimeSpan pause) => pause * Growth < Max ? pause * Growth : Max;

    /// <summary>A pause with its jitter.</summary>
#pragma warning disable CA5394 // Nobody gains by guessing a pause.
    public TimeSpan Vary(TimeSpan pause) => Jitter == 0 ? pause : pause * (1 + (Jitter * ((2 * Random.Shared.NextDouble()) - 1)));
#pragma warning restore CA5394
}
