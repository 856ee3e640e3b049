using System.Text.Json.Serialization;

namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>Something a run has to tell another workflow; committed with the decision that made it, delivered at least once.</summary>
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

/// <summary>Start the child of this initiated event.</summary>
public sealed record StartChild(long InitiatedEventId) : OutboxMessage;

/// <summary>Send the signal of this initiated event.</summary>
public sealed record SignalExternal(long InitiatedEventId) : OutboxMessage;

/// <summary>Request the cancellation of this initiated event.</summary>
public sealed record CancelExternal(long InitiatedEventId) : OutboxMessage;

/// <summary>Tell the parent how this run closed.</summary>
public sealed record NotifyParent(HistoryEvent CloseEvent) : OutboxMessage;

/// <summary>Apply the parent close policy to a child.</summary>
public sealed record CloseChild(string WorkflowId, string RunId, ParentClosePolicy Policy) : OutboxMessage;
