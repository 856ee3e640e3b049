using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Rpc;

/// <summary>Rejects requests whose payloads or memos exceed the namespace's limits.</summary>
internal static class RequestSizeLimits
{
    /// <exception cref="RequestException">The input or the memo of the request exceeds its limit.</exception>
    public static void Check(IMessage request, ServerSettings settings)
    {
        switch (request)
        {
            case StartWorkflowExecutionRequest start:
                CheckBlob(start.Input, settings);
                CheckMemo(start.Memo, settings);
                break;
            case SignalWithStartWorkflowExecutionRequest start:
                CheckBlob(start.Input, settings);
                CheckBlob(start.SignalInput, settings);
                CheckMemo(start.Memo, settings);
                break;
            case ExecuteMultiOperationRequest multi:
                foreach (var part in multi.Operations.SelectMany(o => new IMessage?[] { o.StartWorkflow, o.UpdateWorkflow }).OfType<IMessage>())
                {
                    Check(part, settings);
                }

                break;
            case SignalWorkflowExecutionRequest signal:
                CheckBlob(signal.Input, settings);
                break;
            case UpdateWorkflowExecutionRequest update:
                CheckBlob(update.Request?.Input?.Args, settings);
                break;
            case QueryWorkflowRequest query:
                CheckBlob(query.Query?.QueryArgs, settings);
                break;
        }
    }

    private static void CheckBlob(Payloads? blob, ServerSettings settings)
    {
        if (blob?.CalculateSize() > settings.BlobSizeLimit)
        {
            throw RpcErrors.InvalidArgument("Blob data size exceeds limit.");
        }
    }

    private static void CheckMemo(Memo? memo, ServerSettings settings)
    {
        if (memo?.CalculateSize() > settings.MemoSizeLimit)
        {
            throw RpcErrors.InvalidArgument("Memo size exceeds limit.");
        }
    }
}
