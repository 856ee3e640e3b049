using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Results;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>A running execution. Decides atomically whether it is stopped or makes its output visible.</summary>
internal sealed class QueryRun(QueryRequest request)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Sandbox? _sandbox;
    private bool _stopped, _committing, _exhausted;

    public QueryRequest Request => request;

    public long QueuedAt { get; init; }

    /// <summary>Completes when the run is over, and its end recorded.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether it runs alone, because its share of the memory was too small.</summary>
    public bool IsExclusive { get; set; }

    public bool IsStopped
    {
        get
        {
            lock (_gate)
            {
                return _stopped;
            }
        }
    }

    /// <summary>Whether it was interrupted because the process used too much memory.</summary>
    public bool IsExhausted
    {
        get
        {
            lock (_gate)
            {
                return _exhausted;
            }
        }
    }

    /// <summary>Interrupts it because the process uses too much memory. It may run again in another sandbox.</summary>
    /// <returns>Whether it had a sandbox to interrupt.</returns>
    public bool Exhaust()
    {
        lock (_gate)
        {
            if (_committing || _sandbox is null)
            {
                return false;
            }

            _exhausted = true;
            _sandbox.Interrupt();
            return true;
        }
    }

    /// <summary>Stops the run, or returns false if its output is already being moved into place.</summary>
    public bool TryStop()
    {
        lock (_gate)
        {
            if (_committing)
            {
                return false;
            }

            _stopped = true;
            _sandbox?.Interrupt();
            return true;
        }
    }

    /// <summary>Prevents that the run is stopped from now on.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped before.</exception>
    public void BeginCommit()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                throw new OperationCanceledException();
            }

            _committing = true;
        }
    }

    public void Use(Sandbox taken)
    {
        lock (_gate)
        {
            _sandbox = taken;
            _exhausted = false;
            if (_stopped)
            {
                taken.Interrupt();
            }
        }
    }

    /// <summary>Completes <see cref="Ended"/>.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>Detaches and returns its sandbox, or null if it has none. Stopping the run no longer affects the sandbox.</summary>
    public Sandbox? Release()
    {
        lock (_gate)
        {
            var used = _sandbox;
            _sandbox = null;
            return used;
        }
    }
}

/// <summary>A request of StartQueryExecution.</summary>
/// <param name="Output">The prefix for results.</param>
internal sealed record QueryRequest(string Id, string Sql, string? Database, string WorkGroup, S3Uri Output, IReadOnlyList<string> Parameters, Principal Principal)
{
    public S3Uri ResultFile(string extension) => Output.Append(Id + extension);
}

/// <summary>The result of a statement that succeeded.</summary>
/// <param name="ResultFile">CSV with a header line for queries, tab-separated text for other statements, or null if there is no file.</param>
internal sealed record QueryOutcome(IReadOnlyList<ResultColumn> Columns, S3Uri? ResultFile = null, long? UpdateCount = null, long BytesScanned = 0, S3Uri? Manifest = null)
{
    public static QueryOutcome Empty { get; } = new([]);
}

/// <summary>Measures with a monotonic clock how long a query waited and ran.</summary>
internal sealed class QueryClock(TimeProvider time, long queuedAt)
{
    private readonly long _startedAt = time.GetTimestamp();

    public long QueueMilliseconds => (long)time.GetElapsedTime(queuedAt, _startedAt).TotalMilliseconds;

    public long EngineMilliseconds => (long)time.GetElapsedTime(_startedAt).TotalMilliseconds;

    public DateTimeOffset Now => time.GetUtcNow();
}
