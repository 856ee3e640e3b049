using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>The runs of one leased workflow id that a decision reads and changes; committed atomically.</summary>
public sealed class UnitOfWork(WorkflowKey key, DateTimeOffset now, IRunSource source, ServerSettings settings, Func<ExecutionState, bool> isStickyAlive)
{
    private readonly Dictionary<string, Transaction> _transactions = [];
    private readonly List<string> _deleted = [];

    public WorkflowKey Key => key;

    public DateTimeOffset Now => now;

    public ServerSettings Settings => settings;

    public IReadOnlyCollection<Transaction> Transactions => _transactions.Values;

    public IReadOnlyList<string> Deleted => _deleted;

    /// <summary>The run that became the current one in this unit of work, or <c>null</c>.</summary>
    public string? NewCurrentRunId { get; private set; }

    /// <summary>The current run, open or closed, or <c>null</c> if the workflow id is unknown.</summary>
    public Transaction? Current() => (NewCurrentRunId ?? source.CurrentRunId(key)) is { } runId ? Open(runId) : null;

    /// <summary>A run of this workflow id, or <c>null</c>.</summary>
    public Transaction? Open(string runId)
    {
        if (_transactions.TryGetValue(runId, out var transaction))
        {
            return transaction;
        }

        if (source.Load(runId) is not { } execution || execution.State.WorkflowId != key.WorkflowId || execution.State.Namespace != key.Namespace)
        {
            return null;
        }

        return _transactions[runId] = new(this, execution);
    }

    /// <summary>Creates a run without events, which becomes the current one.</summary>
    public Transaction Create(string runId)
    {
        var state = new ExecutionState { Namespace = key.Namespace, WorkflowId = key.WorkflowId, RunId = runId };
        NewCurrentRunId = runId;
        return _transactions[runId] = new(this, new(state, new HistoryLog()));
    }

    /// <summary>Deletes a run and its history.</summary>
    public void Delete(string runId) => _deleted.Add(runId);

    public bool IsStickyRouteAlive(ExecutionState state) => isStickyAlive(state);
}

/// <summary>The source of a unit of work's runs.</summary>
public interface IRunSource
{
    public string? CurrentRunId(WorkflowKey key);

    public Execution? Load(string runId);
}
