using Stedi.DevStack.Aws.Athena.Engine;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>One execution under way: its sandbox, and the one decision whether it was stopped before its work became visible.</summary>
internal sealed class QueryRun(QueryRequest request)
{
    readonly Lock gate = new();
    Sandbox? sandbox;
    bool stopped, committing, exhausted;

    public QueryRequest Request => request;

    public long QueuedAt { get; init; }

    /// <summary>Whether it has the engine to itself, because its share was too small.</summary>
    public bool IsAlone { get; set; }

    public bool IsStopped
    {
        get
        {
            lock (gate)
                return stopped;
        }
    }

    /// <summary>Whether it was interrupted because the process had too little memory for it.</summary>
    public bool IsExhausted
    {
        get
        {
            lock (gate)
                return exhausted;
        }
    }

    /// <summary>Interrupts it for want of memory. It may run again, in another sandbox.</summary>
    /// <returns>Whether it has a sandbox to interrupt.</returns>
    public bool Exhaust()
    {
        lock (gate)
        {
            if (committing || sandbox is null)
                return false;
            exhausted = true;
            sandbox.Interrupt();
            return true;
        }
    }

    /// <summary>False if it is too late: its output is being moved into place, or already there.</summary>
    public bool TryStop()
    {
        lock (gate)
        {
            if (committing)
                return false;
            stopped = true;
            sandbox?.Interrupt();
            return true;
        }
    }

    /// <summary>From here on the run cannot be stopped.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void BeginCommit()
    {
        lock (gate)
        {
            if (stopped)
                throw new OperationCanceledException();
            committing = true;
        }
    }

    public void Use(Sandbox taken)
    {
        lock (gate)
        {
            sandbox = taken;
            exhausted = false;
            if (stopped)
                taken.Interrupt();
        }
    }

    /// <summary>Gives up its sandbox, which stopping the run no longer reaches; null if it has none.</summary>
    public Sandbox? Release()
    {
        lock (gate)
        {
            var used = sandbox;
            sandbox = null;
            return used;
        }
    }
}
