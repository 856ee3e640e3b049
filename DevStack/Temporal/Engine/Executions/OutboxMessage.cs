using System.Text.Json.Serialization;

namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>A message from a run to another workflow. Committed with the decision that created it; delivered at least once.</summary>
[JsonDerivedType(typeof(StartChild), "startChild")]
[JsonDerivedType(typeof(SignalExternal), "signalExternal")]
[JsonDerivedType(typeof(CancelExternal), "cancelExternal")]
[JsonDerivedType(typeof(NotifyParent), "notifyParent")]
[JsonDerivedType(typeof(CloseChild), "closeChild")]
public abstract record OutboxMessage
{
    /// <summary>Unique within the run.</summary>
    public long Id { get; init; }
}

/// <summary>Starts the child of the initiated event.</summary>
public sealed record StartChild(long InitiatedEventId) : OutboxMessage;

/// <summary>Sends the signal of the initiated event.</summary>
public sealed record SignalExternal(long InitiatedEventId) : OutboxMessage;

/// <summary>Requests the cancellation of the initiated event.</summary>
public sealed record CancelExternal(long InitiatedEventId) : OutboxMessage;

/// <summary>Notifies the parent how this run closed.</summary>
public sealed record NotifyParent(HistoryEvent CloseEvent) : OutboxMessage;

/// <summary>Applies the parent close policy to a child.</summary>
public sealed record CloseChild(string WorkflowId, string RunId, ParentClosePolicy Policy) : OutboxMessage;
