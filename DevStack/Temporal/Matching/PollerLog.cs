namespace Stedi.DevStack.Temporal.Matching;

/// <summary>Who polls one queue, and when last.</summary>
internal sealed class PollerLog
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> lastSeen = [];
    private int open;
    private DateTimeOffset latest;

    public void Record(string identity, DateTimeOffset now)
    {
        lock (gate)
        {
            lastSeen[identity] = latest = now;
        }
    }

    public void Begin(string identity, DateTimeOffset now)
    {
        lock (gate)
        {
            open++;
            lastSeen[identity] = latest = now;
        }
    }

    public void End(string identity, DateTimeOffset now)
    {
        lock (gate)
        {
            open--;
            lastSeen[identity] = latest = now;
        }
    }

    public bool IsActive(DateTimeOffset since)
    {
        lock (gate)
        {
            return open > 0 || latest >= since;
        }
    }

    public IReadOnlyList<KeyValuePair<string, DateTimeOffset>> Since(DateTimeOffset since)
    {
        lock (gate)
        {
            return [.. lastSeen.Where(p => p.Value >= since).OrderByDescending(p => p.Value)];
        }
    }
}
