using System.Text;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workflows;

/// <summary>Returns a run's history page by page; with WaitNewEvent it waits for events to come.</summary>
public sealed class GetWorkflowExecutionHistory(NamespaceDirectory namespaces, ExecutionDirectory executions, HistoryLongPoll longPoll, TimeProvider clock)
    : IOperation<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public async Task<GetWorkflowExecutionHistoryResponse> ExecuteAsync(GetWorkflowExecutionHistoryRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (string.IsNullOrEmpty(request.Execution?.WorkflowId))
        {
            throw RpcErrors.InvalidArgument("WorkflowId is not set on request.");
        }

        // A caller's shorter deadline does not shorten the wait: an early empty answer would make it poll again instead of timing out.
        using var timeout = new CancellationTokenSource(LongestWait, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, call.Cancellation);
        var position = await PositionAsync(request);
        while (true)
        {
            var committed = longPoll.NextCommit(position.RunId);
            var page = await executions.DecideAsync(
                request.Namespace,
                new WorkflowExecution { WorkflowId = request.Execution.WorkflowId, RunId = position.RunId },
                tx => Read(tx.Execution, request, position, timeout.IsCancellationRequested));
            if (page is not null)
            {
                return page;
            }

            await Task.WhenAny(committed, Task.Delay(Timeout.InfiniteTimeSpan, linked.Token));
            call.Cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The page, or <c>null</c> if the caller has to keep waiting.</summary>
    private static GetWorkflowExecutionHistoryResponse? Read(
        Execution execution, GetWorkflowExecutionHistoryRequest request, HistoryPageToken position, bool isTimeUp) =>
        request.HistoryEventFilterType == HistoryEventFilterType.CloseEvent
            ? ReadCloseEvent(execution, request, position, isTimeUp)
            : ReadEvents(execution, request, position, isTimeUp);

    private static GetWorkflowExecutionHistoryResponse? ReadCloseEvent(
        Execution execution, GetWorkflowExecutionHistoryRequest request, HistoryPageToken position, bool isTimeUp)
    {
        if (execution.State.IsRunning && request.WaitNewEvent)
        {
            return isTimeUp ? new() { History = new(), NextPageToken = position.ToByteString() } : null;
        }

        return new() { History = new() { Events = { execution.History.Last } } };
    }

    private static GetWorkflowExecutionHistoryResponse? ReadEvents(
        Execution execution, GetWorkflowExecutionHistoryRequest request, HistoryPageToken position, bool isTimeUp)
    {
        var size = PageSize.Of(request.MaximumPageSize);
        var response = new GetWorkflowExecutionHistoryResponse { History = new() };
        response.History.Events.Add(execution.History.From(position.NextEventId, size));
        var next = position with { NextEventId = position.NextEventId + response.History.Events.Count };
        var isWaiting = request.WaitNewEvent && execution.State.IsRunning;
        if (isWaiting && response.History.Events.Count == 0 && !isTimeUp)
        {
            return null;
        }

        if (execution.History.Contains(next.NextEventId) || isWaiting)
        {
            response.NextPageToken = next.ToByteString();
        }
        else if (!request.WaitNewEvent)
        {
            // A worker that lost its cache replays from here and needs the events of its running transient task too.
            response.History.Events.Add(WorkflowTaskEvents.Transient(execution));
        }

        return response;
    }

    private async Task<HistoryPageToken> PositionAsync(GetWorkflowExecutionHistoryRequest request)
    {
        if (!request.NextPageToken.IsEmpty)
        {
            return HistoryPageToken.Parse(request.NextPageToken);
        }

        return await executions.DecideAsync(request.Namespace, request.Execution, tx => new HistoryPageToken(tx.State.RunId, 1));
    }
}

/// <summary>Returns a run's history page by page, newest event first.</summary>
public sealed class GetWorkflowExecutionHistoryReverse(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>
{
    public Task<GetWorkflowExecutionHistoryReverseResponse> ExecuteAsync(GetWorkflowExecutionHistoryReverseRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var token = request.NextPageToken.IsEmpty ? null : HistoryPageToken.Parse(request.NextPageToken);
        return executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            var last = token?.NextEventId ?? tx.History.Count;
            var size = PageSize.Of(request.MaximumPageSize);
            var first = Math.Max(1, last - size + 1);
            var response = new GetWorkflowExecutionHistoryReverseResponse { History = new() };
            response.History.Events.Add(tx.History.From(first, (int)(last - first + 1)).Reverse());
            if (first > 1)
            {
                response.NextPageToken = new HistoryPageToken(tx.State.RunId, first - 1).ToByteString();
            }

            return response;
        });
    }
}

/// <summary>The position of a reader in a history: the run and the next event id to read.</summary>
internal sealed record HistoryPageToken(string RunId, long NextEventId)
{
    public ByteString ToByteString() => ByteString.CopyFromUtf8($"{RunId}/{NextEventId}");

    /// <exception cref="RequestException">The bytes are not a token of this server.</exception>
    public static HistoryPageToken Parse(ByteString bytes)
    {
        var parts = Encoding.UTF8.GetString(bytes.Span).Split('/');
        return parts.Length == 2 && long.TryParse(parts[1], out var next)
            ? new(parts[0], next)
            : throw RpcErrors.InvalidArgument("The page token is not one of this server.");
    }
}
