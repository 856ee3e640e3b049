using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>An entity of a run. Its phase is changed only by transitions.</summary>
public interface IEntity<TPhase>
    where TPhase : struct, Enum
{
    public TPhase Phase { get; set; }
}

/// <summary>The phases of a user timer.</summary>
public enum TimerPhase
{
    Running = 0,
    Fired = 1,
    Canceled = 2,
}

/// <summary>A user timer whose end is not in history yet.</summary>
public sealed class TimerState : IEntity<TimerPhase>
{
    public TimerPhase Phase { get; set; }

    public string TimerId { get; set; } = "";

    public long StartedEventId { get; set; }

    public DateTimeOffset Due { get; set; }
}

/// <summary>The phases of a child as its parent sees it.</summary>
public enum ChildPhase
{
    Initiated = 0,
    Started = 1,
    Closed = 2,
}

/// <summary>A child workflow whose end is not in its parent's history yet.</summary>
public sealed class ChildState : IEntity<ChildPhase>
{
    public ChildPhase Phase { get; set; }

    public long InitiatedEventId { get; set; }

    public long StartedEventId { get; set; }

    public string WorkflowId { get; set; } = "";

    public string RunId { get; set; } = "";

    public string WorkflowType { get; set; } = "";

    public ParentClosePolicy ParentClosePolicy { get; set; }
}

/// <summary>The phases of a signal or cancel request to another workflow.</summary>
public enum ExternalRequestPhase
{
    Initiated = 0,
    Answered = 1,
}

/// <summary>A signal or cancel request to another workflow that waits for its outcome.</summary>
public sealed class ExternalRequestState : IEntity<ExternalRequestPhase>
{
    public ExternalRequestPhase Phase { get; set; }

    public long InitiatedEventId { get; set; }
}

/// <summary>The phases of an accepted update; before its acceptance an update is only in memory.</summary>
public enum UpdatePhase
{
    Accepted = 0,
    Completed = 1,
}

/// <summary>An accepted update.</summary>
public sealed class UpdateState : IEntity<UpdatePhase>
{
    public UpdatePhase Phase { get; set; }

    public string UpdateId { get; set; } = "";

    public string Name { get; set; } = "";

    public long AcceptedEventId { get; set; }

    public Outcome? Outcome { get; set; }
}
