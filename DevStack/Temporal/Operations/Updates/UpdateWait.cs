using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Updates;

/// <summary>How long a call is held for an update.</summary>
public sealed class UpdateWait(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Waits for a stage as long as a call is held; the caller then asks again, unless its own patience was shorter.</summary>
    public async Task WaitAsync(PendingUpdate update, UpdateWorkflowExecutionLifecycleStage stage, CallContext call)
    {
        using var timeUp = new CancellationTokenSource(Longest, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, call.Cancellation);
        await update.WaitForAsync(stage, ending.Token);
        call.Cancellation.ThrowIfCancellationRequested();
    }

    public static Temporalio.Api.Update.V1.UpdateRef ReferenceTo(PendingUpdate update) =>
        new() { WorkflowExecution = update.Run, UpdateId = update.Id };
}
