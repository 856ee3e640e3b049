using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>A decision about one run: the events it writes, the state it changes, and the tasks to dispatch after the commit.</summary>
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

    /// <summary>Whether anything changed. If so, the decision has to be committed or the run evicted.</summary>
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

    /// <summary>Writes an event of another run's history unchanged.</summary>
    public void Replay(HistoryEvent e)
    {
        MarkDirty();
        Write(e);
    }

    /// <summary>Applies the commands of a completed workflow task. Bufferable events that they cause are written after all of them.</summary>
    public void ApplyCommands(Action commands)
    {
        _isCompletingWorkflowTask = true;
        commands();
        _isCompletingWorkflowTask = false;
        FlushBuffer();
    }

    /// <summary>Writes the buffered events in order of arrival. Returns whether there were any.</summary>
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

    /// <summary>Schedules a workflow task now, if one is due, without dispatching it: the caller starts it.</summary>
    public bool TryTakeWorkflowTask()
    {
        var isDue = TryScheduleWorkflowTask();
        _dispatches.RemoveAll(task => isDue && task.Queue.Kind == QueueKind.Workflow);
        return isDue;
    }

    /// <summary>The last step of every decision: schedules a workflow task if one is needed.</summary>
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

/// <summary>Is notified of every committed decision, under the lease and in commit order of the workflow id. Must be fast and must not throw.</summary>
public interface ICommitListener
{
    public void OnCommitted(Transaction transaction);

    public void OnDeleted(string runId)
    {
    }
}
