namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>What kind of task a queue holds.</summary>
public enum QueueKind
{
    Workflow = 1,
    Activity = 2,
}

/// <summary>A task queue of a namespace; a worker's sticky queue is one as well.</summary>
public readonly record struct QueueKey(string Namespace, string Name, QueueKind Kind);

/// <summary>Something a poller can take: always a reference, never a copy of what it refers to.</summary>
public abstract record QueueItem(QueueKey Queue)
{
    /// <summary>The same for any worker, where that changes nothing but the queue; <c>null</c> where the run has to hear of it.</summary>
    public virtual QueueItem? ForAnyWorker => null;
}

/// <summary>A workflow or activity task; stale once its entity's stamp has moved on.</summary>
public sealed record ExecutionTask(QueueKey Queue, string WorkflowId, string RunId, long ScheduledEventId, int Stamp, int Priority)
    : QueueItem(Queue);
