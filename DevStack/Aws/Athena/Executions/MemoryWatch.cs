using Microsoft.Extensions.Logging;
using Stedi.DevStack.Aws.Diagnostics;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>
/// Interrupts queries when the process uses far more memory than they may use together: DuckDB's own limit does not count the
/// vectors of an expression, such as lists. Which query uses the memory is not known, so all are interrupted; each is retried
/// once, alone, and the one that needs too much fails then.
/// </summary>
internal sealed class MemoryWatch(int limitMiB, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly HashSet<QueryRun> _running = [];
    private Timer? _timer;
    private long _before;

    public void Add(QueryRun run)
    {
        lock (_gate)
        {
            if (_running.Count == 0)
            {
                _before = Environment.WorkingSet;
            }

            _running.Add(run);
            _timer ??= new Timer(_ => Check(), null, Interval, Interval);
            _timer.Change(Interval, Interval);
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

    // Leaves room for other memory of the process and for large chunks of rows.
    private long MaxGrowth => (limitMiB + Math.Max(1024L, limitMiB / 2)) << 20;

    private void Check()
    {
        lock (_gate)
        {
            var used = Environment.WorkingSet;
            var grown = used - _before;
            if (grown <= MaxGrowth)
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
