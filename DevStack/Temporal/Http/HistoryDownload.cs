using Microsoft.AspNetCore.Http;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>Writes a run's whole history as one JSON array, like the download of the Web UI's own server.</summary>
public sealed class HistoryDownload(OperationInvoker invoker)
{
    /// <summary>Whether the segments of a path, still escaped, are /api/v1/namespaces/N/workflows/W/run/R/history.json.</summary>
    public static bool Matches(string[] path) =>
        path is ["api", "v1", "namespaces", _, "workflows", _, "run", _, "history.json"];

    /// <exception cref="RequestException">There is no such run.</exception>
    public async Task WriteAsync(HttpContext context, string[] path, CallContext call)
    {
        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = Uri.UnescapeDataString(path[3]),
            Execution = new() { WorkflowId = Uri.UnescapeDataString(path[5]), RunId = Uri.UnescapeDataString(path[7]) },
        };
        // Read the first page before writing anything, so that a failure can still set the status code.
        var page = await invoker.InvokeAsync<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>(request, call);
        context.Response.ContentType = "application/json";
        var separator = "[";
        while (true)
        {
            foreach (var entry in page.History.Events)
            {
                await context.Response.WriteAsync(separator + ProtocolJson.Format(entry), call.Cancellation);
                separator = ",";
            }

            if (page.NextPageToken.IsEmpty)
            {
                break;
            }

            request.NextPageToken = page.NextPageToken;
            page = await invoker.InvokeAsync<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>(request, call);
        }

        await context.Response.WriteAsync("]", call.Cancellation);
    }
}
