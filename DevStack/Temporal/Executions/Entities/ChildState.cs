namespace Stedi.DevStack.Temporal.Executions.Entities;

/// <summary>The phases of a child as its parent sees it.</summary>
public enum ChildPhase
{
    Initiated = 0,
    Started = 1,
    Closed = 2,
}

/// <summary>A child workflow that has not been seen to end by its parent's history.</summary>
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
