namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>How long a query waited and ran, by a clock that does not jump, and when it ended.</summary>
internal sealed class QueryClock(TimeProvider time, long queuedAt)
{
    readonly long startedAt = time.GetTimestamp();

    public long QueueMilliseconds => (long)time.GetElapsedTime(queuedAt, startedAt).TotalMilliseconds;

    public long EngineMilliseconds => (long)time.GetElapsedTime(startedAt).TotalMilliseconds;

    public DateTimeOffset Now => time.GetUtcNow();
}
