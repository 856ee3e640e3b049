using System.Text;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workflows;

/// <summary>Reads a history by pages, and waits for what is still to come if asked to.</summary>
public sealed class GetWorkflowExecutionHistory(NamespaceDirectory namespaces, ExecutionDirectory executions, HistoryLongPoll watch, TimeProvider clock)
    : IOperation<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>
{
    private const int LargestPage = 1000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public async Task<GetWorkflowExecutionHistoryResponse> ExecuteAsync(GetWorkflowExecutionHistoryRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (string.IsNullOrEmpty(request.Execution?.WorkflowId))
        {
            throw RpcErrors.InvalidArgument("WorkflowId is not set on request.");
        }

        // Not less for an impatient caller: told early that there is nothing yet, it would ask again instead of giving up.
        using var timeUp = new CancellationTokenSource(LongestWait, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, call.Cancellation);
        var position = await PositionAsync(request);
        while (true)
        {
            var committed = watch.NextCommit(position.RunId);
            var page = await executions.DecideAsync(
                request.Namespace,
                new WorkflowExecution { WorkflowId = request.Execution.WorkflowId, RunId = position.RunId },
                tx => Read(tx.Execution, request, position, timeUp.IsCancellationRequested));
            if (page is not null)
            {
                return page;
            }

            await Task.WhenAny(committed, Task.Delay(Timeout.InfiniteTimeSpan, ending.Token));
            call.Cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The page, or <c>null</c> when the caller should go on waiting.</summary>
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
        var size = request.MaximumPageSize is > 0 and < LargestPage ? request.MaximumPageSize : LargestPage;
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
            // A worker that lost its cache replays from here and needs the task it is working on.
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

/// <summary>Reads a history from its end, by pages.</summary>
public sealed class GetWorkflowExecutionHistoryReverse(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>
{
    private const int LargestPage = 1000;

    public Task<GetWorkflowExecutionHistoryReverseResponse> ExecuteAsync(GetWorkflowExecutionHistoryReverseRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var token = request.NextPageToken.IsEmpty ? null : HistoryPageToken.Parse(request.NextPageToken);
        return executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            var last = token?.NextEventId ?? tx.History.Count;
            var size = request.MaximumPageSize is > 0 and < LargestPage ? request.MaximumPageSize : LargestPage;
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

/// <summary>Where a reader of a history stands: the run, and the next event id to read.</summary>
internal sealed record HistoryPageToken(string RunId, long NextEventId)
{
    public ByteString ToByteString() => ByteString.CopyFromUtf8($"{RunId}/{NextEventId}");

    /// <exception cref="RequestException">The bytes are no token of this server.</exception>
    public static HistoryPageToken Parse(ByteString bytes)
    {
        var parts = Encoding.UTF8.GetString(bytes.Span).Split('/');
        return parts.Length == 2 && long.TryParse(parts[1], out var next)
            ? new(parts[0], next)
            : throw RpcErrors.InvalidArgument("The page token is not one of this server.");
    }
}
