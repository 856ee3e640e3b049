namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>A run's events; ids start at 1 and have no gaps.</summary>
public sealed class HistoryLog
{
    private readonly List<HistoryEvent> _events = [];

    public HistoryLog()
    {
    }

    public HistoryLog(IEnumerable<byte[]> stored)
    {
        foreach (var bytes in stored)
        {
            _events.Add(HistoryEvent.Parser.ParseFrom(bytes));
            SizeBytes += bytes.Length;
        }
    }

    public long Count => _events.Count;

    public long NextEventId => _events.Count + 1;

    public long SizeBytes { get; private set; }

    public HistoryEvent this[long eventId] => _events[(int)eventId - 1];

    public HistoryEvent Last => _events[^1];

    public bool Contains(long eventId) => eventId >= 1 && eventId <= _events.Count;

    public void Add(HistoryEvent historyEvent)
    {
        _events.Add(historyEvent);
        SizeBytes += historyEvent.CalculateSize();
    }

    /// <summary>The events from an id on, up to a limit.</summary>
    public IEnumerable<HistoryEvent> From(long firstEventId, int limit = int.MaxValue) =>
        _events.Skip((int)firstEventId - 1).Take(limit);
}
