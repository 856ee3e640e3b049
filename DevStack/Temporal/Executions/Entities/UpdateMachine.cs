using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Executions.Entities;

/// <summary>An update from its acceptance on.</summary>
public static class UpdateMachine
{
    public static readonly Transition<UpdateState, UpdatePhase, Response> Complete = new(
        nameof(Complete), [UpdatePhase.Accepted], UpdatePhase.Completed, static (update, tx, response) => tx.Append(new()
        {
            WorkflowExecutionUpdateCompletedEventAttributes = new()
            {
                Meta = response.Meta ?? new() { UpdateId = update.UpdateId },
                AcceptedEventId = update.AcceptedEventId,
                Outcome = response.Outcome,
            },
        }));
}
