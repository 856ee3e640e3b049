using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>The runs of one leased workflow id that a decision looks at and changes; committed as one.</summary>
public sealed class UnitOfWork(WorkflowKey key, DateTimeOffset now, IRunSource source, ServerSettings settings, Func<ExecutionState, bool> isStickyAlive)
{
    private readonly Dictionary<string, Transaction> _transactions = [];
    private readonly List<string> _deleted = [];

    public WorkflowKey Key => key;

    public DateTimeOffset Now => now;

    public ServerSettings Settings => settings;

    public IReadOnlyCollection<Transaction> Transactions => _transactions.Values;

    public IReadOnlyList<string> Deleted => _deleted;

    /// <summary>The run that became current in this unit, or <c>null</c> where that did not change.</summary>
    public string? NewCurrentRunId { get; private set; }

    /// <summary>The current run, open or closed; <c>null</c> where the workflow id is unknown.</summary>
    public Transaction? Current() => (NewCurrentRunId ?? source.CurrentRunId(key)) is { } runId ? Open(runId) : null;

    /// <summary>A run of this workflow id; <c>null</c> where there is none.</summary>
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

    /// <summary>A new run, which becomes the current one; its first event is still to be written.</summary>
    public Transaction Create(string runId)
    {
        var state = new ExecutionState { Namespace = key.Namespace, WorkflowId = key.WorkflowId, RunId = runId };
        NewCurrentRunId = runId;
        return _transactions[runId] = new(this, new(state, new HistoryLog()));
    }

    /// <summary>Forgets a run and its history.</summary>
    public void Delete(string runId) => _deleted.Add(runId);

    public bool IsStickyRouteAlive(ExecutionState state) => isStickyAlive(state);
}

/// <summary>Where a unit of work finds runs.</summary>
public interface IRunSource
{
    public string? CurrentRunId(WorkflowKey key);

    public Execution? Load(string runId);
}
