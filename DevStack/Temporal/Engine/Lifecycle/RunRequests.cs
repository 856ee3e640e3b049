using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Lifecycle;

/// <summary>Signals and cancels open runs. Idempotent by request id.</summary>
public static class RunRequests
{
    public static void Cancel(Transaction tx, WorkflowExecutionCancelRequestedEventAttributes attributes, string requestId)
    {
        // A workflow can be cancelled only once, as in Go's RequestCancelWorkflowExecution.
        if (!tx.State.CancelRequested && IsNew(tx, requestId))
        {
            tx.State.CancelRequested = true;
            tx.Append(new() { WorkflowExecutionCancelRequestedEventAttributes = attributes });
        }
    }

    public static void Signal(Transaction tx, WorkflowExecutionSignaledEventAttributes attributes, string requestId, IEnumerable<Link> links)
    {
        if (IsNew(tx, requestId))
        {
            tx.Append(new() { WorkflowExecutionSignaledEventAttributes = attributes, Links = { links } });
        }
    }

    private static bool IsNew(Transaction tx, string requestId)
    {
        tx.MarkDirty();
        return requestId.Length == 0 || tx.State.RequestIds.Add(requestId);
    }
}
