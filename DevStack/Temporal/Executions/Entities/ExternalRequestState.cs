namespace Stedi.DevStack.Temporal.Executions.Entities;

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
