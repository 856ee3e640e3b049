namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>A run's events; ids start at 1 and have no gaps.</summary>
public sealed class HistoryLog
{
    private readonly List<HistoryEvent> events = [];

    public HistoryLog()
    {
    }

    public HistoryLog(IEnumerable<byte[]> stored)
    {
        foreach (var bytes in stored)
        {
            events.Add(HistoryEvent.Parser.ParseFrom(bytes));
            SizeBytes += bytes.Length;
        }
    }

    public long Count => events.Count;

    public long NextEventId => events.Count + 1;

    public long SizeBytes { get; private set; }

    public HistoryEvent this[long eventId] => events[(int)eventId - 1];

    public HistoryEvent Last => events[^1];

    public bool Contains(long eventId) => eventId >= 1 && eventId <= events.Count;

    public void Add(HistoryEvent historyEvent)
    {
        events.Add(historyEvent);
        SizeBytes += historyEvent.CalculateSize();
    }

    /// <summary>The events from one id on, at most so many.</summary>
    public IEnumerable<HistoryEvent> From(long firstEventId, int limit = int.MaxValue) =>
        events.Skip((int)firstEventId - 1).Take(limit);
}
