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
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly HashSet<QueryRun> _running = [];
    private Timer? _timer;
    private long _before;

    // The runtime itself and what else the process does grow too, and a large chunk of rows is not yet a runaway query.
    private long Most => (limitMiB + Math.Max(1024L, limitMiB / 2)) << 20;

    public void Add(QueryRun run)
    {
        lock (_gate)
        {
            if (_running.Count == 0)
            {
                _before = Environment.WorkingSet;
            }

            _running.Add(run);
            _timer ??= new Timer(_ => Look(), null, Pause, Pause);
            _timer.Change(Pause, Pause);
        }
    }

    public void Remove(QueryRun run)
    {
        lock (_gate)
        {
            _running.Remove(run);
            if (_running.Count == 0)
            {
                _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        lock (_gate)
        {
            var used = Environment.WorkingSet;
            var grown = used - _before;
            if (grown <= Most)
            {
                return;
            }

            foreach (var run in _running.Where(run => !run.IsExhausted && run.Exhaust()))
            {
                Log.MemoryExhausted(logger, run.Request.Id, used >> 20, grown >> 20);
            }
        }
    }
}
