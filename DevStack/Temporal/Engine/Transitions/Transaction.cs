using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>One decision about one run: the events it writes, the state it changes, and what to tell others once it is committed.</summary>
public sealed class Transaction(UnitOfWork work, Execution execution)
{
    private readonly List<HistoryEvent> _written = [];
    private readonly List<ExecutionTask> _dispatches = [];
    private bool _needsWorkflowTask;
    private bool _isCompletingWorkflowTask;

    public UnitOfWork Work => work;

    public Execution Execution => execution;

    public ExecutionState State => execution.State;

    public HistoryLog History => execution.History;

    public DateTimeOffset Now => work.Now;

    /// <summary>Whether anything changed, so that a commit is due, or a failure makes the aggregate useless.</summary>
    public bool IsDirty { get; private set; }

    public IReadOnlyList<HistoryEvent> WrittenEvents => _written;

    public IReadOnlyList<ExecutionTask> Dispatches => _dispatches;

    public void MarkDirty() => IsDirty = true;

    /// <summary>Writes an event, or buffers it while a workflow task is running; its type follows from its attributes.</summary>
    public HistoryEvent Append(HistoryEvent e)
    {
        MarkDirty();
        e.EventType = EventCatalog.TypeOf(e.AttributesCase);
        e.EventTime ??= Now.ToTimestamp();
        var taskRuns = State.WorkflowTask.Phase == WorkflowTaskPhase.Started || _isCompletingWorkflowTask;
        if (taskRuns && EventCatalog.IsBufferable(e.EventType))
        {
            State.Buffered.Add(e);
        }
        else
        {
            Write(e);
        }

        return e;
    }

    /// <summary>Takes over an event of another run's history, as it was.</summary>
    public void Replay(HistoryEvent e)
    {
        MarkDirty();
        Write(e);
    }

    /// <summary>Runs the commands of a completed workflow task: what they cause beyond their own events is buffered behind them.</summary>
    public void ApplyCommands(Action commands)
    {
        _isCompletingWorkflowTask = true;
        commands();
        _isCompletingWorkflowTask = false;
        FlushBuffer();
    }

    /// <summary>Gives buffered events their ids, in order of arrival; says whether there were any.</summary>
    public bool FlushBuffer()
    {
        if (State.Buffered.Count == 0)
        {
            return false;
        }

        var buffered = State.Buffered.ToArray();
        State.Buffered.Clear();
        foreach (var e in buffered)
        {
            Write(e);
        }

        return true;
    }

    /// <summary>Hands a task to matching after the commit.</summary>
    public void Dispatch(ExecutionTask task) => _dispatches.Add(task);

    /// <summary>Puts a message to another workflow into the outbox.</summary>
    public void Send(OutboxMessage message)
    {
        MarkDirty();
        State.Outbox.Add(message with { Id = ++State.NextOutboxId });
    }

    public void RequestWorkflowTask() => _needsWorkflowTask = true;

    /// <summary>Schedules a workflow task now if one is due, for the caller to start: matching does not hear of it.</summary>
    public bool TryTakeWorkflowTask()
    {
        var isDue = TryScheduleWorkflowTask();
        _dispatches.RemoveAll(task => isDue && task.Queue.Kind == QueueKind.Workflow);
        return isDue;
    }

    /// <summary>The last step of every decision: an open run with news and no workflow task gets one.</summary>
    public void Finish()
    {
        TryScheduleWorkflowTask();
        if (IsDirty)
        {
            State.StateTransitions++;
        }
    }

    private bool TryScheduleWorkflowTask()
    {
        var canSchedule = State.IsRunning && State.WorkflowTask.Phase == WorkflowTaskPhase.None && State.FirstTaskDue is null
            && State.Status != WorkflowExecutionStatus.Paused;
        if (!_needsWorkflowTask || !canSchedule)
        {
            return false;
        }

        WorkflowTaskMachine.Schedule.Fire(State.WorkflowTask, this, default);
        return true;
    }

    private void Write(HistoryEvent e)
    {
        e.EventId = History.NextEventId;
        e.TaskId = 1_048_576 + e.EventId;
        StartedEventReferences.Set(execution, e);
        History.Add(e);
        _written.Add(e);
        HistoryProjection.Apply(State, e);
        _needsWorkflowTask |= EventCatalog.IsBufferable(e.EventType);
    }
}

/// <summary>Is told of every committed decision, under the lease, in commit order of the workflow id. Must be quick and must not throw.</summary>
public interface ICommitListener
{
    public void OnCommitted(Transaction transaction);

    public void OnDeleted(string runId)
    {
    }
}
