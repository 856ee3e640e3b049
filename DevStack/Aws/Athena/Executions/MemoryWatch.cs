using Microsoft.Extensions.Logging;
using Stedi.DevStack.Aws.Diagnostics;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>
/// Interrupts queries when the process grows far beyond what they may use together: DuckDB's own limit does not count the
/// vectors that an expression works on, such as lists. Which query it is cannot be seen from outside, so all are interrupted;
/// each runs once more, alone, and the one that needs too much fails then.
/// </summary>
internal sealed class MemoryWatch(int limitMiB, ILogger logger) : IDisposable
{
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);

    readonly Lock gate = new();
    readonly HashSet<QueryRun> running = [];
    Timer? timer;
    long before;

    // The runtime itself and what else the process does grow too, and a large chunk of rows is not yet a runaway query.
    long Most => (limitMiB + Math.Max(1024L, limitMiB / 2)) << 20;

    public void Add(QueryRun run)
    {
        lock (gate)
        {
            if (running.Count == 0)
                before = Environment.WorkingSet;
            running.Add(run);
            timer ??= new Timer(_ => Look(), null, pause, pause);
            timer.Change(pause, pause);
        }
    }

    public void Remove(QueryRun run)
    {
        lock (gate)
        {
            running.Remove(run);
            if (running.Count == 0)
                timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => timer?.Dispose();

    void Look()
    {
        lock (gate)
        {
            var used = Environment.WorkingSet;
            var grown = used - before;
            if (grown <= Most)
                return;
            foreach (var run in running.Where(run => !run.IsExhausted && run.Exhaust()))
                Log.MemoryExhausted(logger, run.Request.Id, used >> 20, grown >> 20);
        }
    }
}
