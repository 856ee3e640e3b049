namespace Stedi.DevStack.Temporal.Executions.Entities;

/// <summary>A signal or cancel request to another workflow.</summary>
public static class ExternalRequestMachine
{
    public static readonly Transition<ExternalRequestState, ExternalRequestPhase, HistoryEvent> Answer = new(
        nameof(Answer), [ExternalRequestPhase.Initiated], ExternalRequestPhase.Answered, static (_, tx, outcome) => tx.Append(outcome));
}
