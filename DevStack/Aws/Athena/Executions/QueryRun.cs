using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Results;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>One execution under way: its sandbox, and the one decision whether it was stopped before its work became visible.</summary>
internal sealed class QueryRun(QueryRequest request)
{
    private readonly Lock _gate = new();
    private Sandbox? _sandbox;
    private bool _stopped, _committing, _exhausted;

    public QueryRequest Request => request;

    public long QueuedAt { get; init; }

    /// <summary>Whether it has the engine to itself, because its share was too small.</summary>
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

    /// <summary>Whether it was interrupted because the process had too little memory for it.</summary>
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

    /// <summary>Interrupts it for want of memory. It may run again, in another sandbox.</summary>
    /// <returns>Whether it has a sandbox to interrupt.</returns>
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

    /// <summary>False if it is too late: its output is being moved into place, or already there.</summary>
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

    /// <summary>From here on the run cannot be stopped.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
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

    /// <summary>Gives up its sandbox, which stopping the run no longer reaches; null if it has none.</summary>
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

/// <summary>What StartQueryExecution asked for.</summary>
/// <param name="Output">Where results go: a prefix.</param>
internal sealed record QueryRequest(string Id, string Sql, string? Database, string WorkGroup, S3Uri Output, IReadOnlyList<string> Parameters, Principal Principal)
{
    public S3Uri ResultFile(string extension) => Output.Append(Id + extension);
}

/// <summary>What a statement that succeeded leaves.</summary>
/// <param name="ResultFile">CSV with a header line for queries, tab-separated text for all else; null where there is neither.</param>
internal sealed record QueryOutcome(IReadOnlyList<ResultColumn> Columns, S3Uri? ResultFile = null, long? UpdateCount = null, long BytesScanned = 0, S3Uri? Manifest = null)
{
    public static QueryOutcome Empty { get; } = new([]);
}

/// <summary>How long a query waited and ran, by a clock that does not jump, and when it ended.</summary>
internal sealed class QueryClock(TimeProvider time, long queuedAt)
{
    private readonly long _startedAt = time.GetTimestamp();

    public long QueueMilliseconds => (long)time.GetElapsedTime(queuedAt, _startedAt).TotalMilliseconds;

    public long EngineMilliseconds => (long)time.GetElapsedTime(_startedAt).TotalMilliseconds;

    public DateTimeOffset Now => time.GetUtcNow();
}
