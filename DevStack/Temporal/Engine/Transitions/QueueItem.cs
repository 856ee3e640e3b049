namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>The kind of tasks in a queue.</summary>
public enum QueueKind
{
    Workflow = 1,
    Activity = 2,
}

/// <summary>Identifies a task queue, which may be a worker's sticky queue.</summary>
public readonly record struct QueueKey(string Namespace, string Name, QueueKind Kind);

/// <summary>An item that a poller can take. It refers to a task or query and holds no copy of it.</summary>
public abstract record QueueItem(QueueKey Queue)
{
    /// <summary>The item for the normal queue, or <c>null</c> if moving it needs a transition of its run.</summary>
    public virtual QueueItem? ForAnyWorker => null;
}

/// <summary>A workflow or activity task. It is stale once the stamp of its entity has changed.</summary>
public sealed record ExecutionTask(QueueKey Queue, string WorkflowId, string RunId, long ScheduledEventId, int Stamp, int Priority)
    : QueueItem(Queue);
