using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Queries;

/// <summary>Queries a workflow through its worker. The answer reflects everything that happened before the query.</summary>
public sealed class QueryWorkflow(NamespaceDirectory namespaces, ExecutionDirectory executions, QueryRegistry registry, TimeProvider clock)
    : IOperation<QueryWorkflowRequest, QueryWorkflowResponse>
{
    // Like the Go server: fail fast if the workflow task keeps failing, because the query would fail as well.
    private const int FailingAttempts = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StickyTimeout = TimeSpan.FromSeconds(10);

    public async Task<QueryWorkflowResponse> ExecuteAsync(QueryWorkflowRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        PendingQuery? query = null;
        try
        {
            var rejected = await executions.DecideAsync(request.Namespace, request.Execution, tx =>
            {
                if (Rejection(tx.State, request.QueryRejectCondition) is { } rejection)
                {
                    return rejection;
                }

                query = new(tx.State.Namespace, tx.State.WorkflowId, tx.State.RunId, request.Query);
                Register(tx.State, query);
                return null;
            });
            return rejected is not null ? new() { QueryRejected = rejected } : await AnswerAsync(query!, call);
        }
        finally
        {
            if (query is not null)
            {
                registry.Remove(query);
            }
        }
    }

    private static Temporalio.Api.Query.V1.QueryRejected? Rejection(ExecutionState state, QueryRejectCondition condition)
    {
        var isRejected = condition switch
        {
            QueryRejectCondition.NotOpen => !state.IsRunning,
            QueryRejectCondition.NotCompletedCleanly => !state.IsRunning && state.Status != WorkflowExecutionStatus.Completed,
            _ => false,
        };
        return isRejected ? new() { Status = state.Status } : null;
    }

    private void Register(ExecutionState state, PendingQuery query)
    {
        if (state.IsRunning && state.WorkflowTask.Attempt >= FailingAttempts)
        {
            throw RpcErrors.WorkflowNotReady("Unable to query workflow due to Workflow Task in failed state.");
        }

        registry.Add(query);
        registry.Route(state);
    }

    private async Task<QueryWorkflowResponse> AnswerAsync(PendingQuery query, CallContext call)
    {
        using var timeout = new CancellationTokenSource(call.LongPollTimeout(LongestWait), clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, call.Cancellation);
        try
        {
            await Task.WhenAny(query.Answer, Task.Delay(StickyTimeout, clock, linked.Token));
            if (!query.Answer.IsCompleted && query.IsDispatched)
            {
                await RetryOnNormalQueueAsync(query);
            }

            var result = await query.Answer.WaitAsync(linked.Token);
            return result.ResultType == QueryResultType.Answered
                ? new() { QueryResult = result.Answer }
                : throw RpcErrors.QueryFailed(result.ErrorMessage, result.Failure);
        }
        catch (OperationCanceledException) when (!call.Cancellation.IsCancellationRequested)
        {
            throw query.IsDispatched || query.AttachedTo > 0
                ? RpcErrors.DeadlineExceeded("No worker answered the query in time: is one polling the workflow's task queue?")
                : RpcErrors.WorkflowNotReady("The workflow has not had its first workflow task yet.");
        }
    }

    // The sticky worker may have died with the query; any worker can answer it from history.
    private Task RetryOnNormalQueueAsync(PendingQuery query) => executions.DecideAsync(
        query.Namespace,
        new WorkflowExecution { WorkflowId = query.WorkflowId, RunId = query.RunId },
        tx => registry.Dispatch(query, tx.State, sticky: false));
}

/// <summary>Completes a query task with a worker's answer.</summary>
public sealed class RespondQueryTaskCompleted(QueryRegistry registry)
    : IOperation<RespondQueryTaskCompletedRequest, RespondQueryTaskCompletedResponse>
{
    public Task<RespondQueryTaskCompletedResponse> ExecuteAsync(RespondQueryTaskCompletedRequest request, CallContext call)
    {
        var isAwaited = registry.Answer(request.TaskToken.ToStringUtf8(), new()
        {
            ResultType = request.CompletedType,
            Answer = request.QueryResult,
            ErrorMessage = request.ErrorMessage,
            Failure = request.Failure,
        });
        return isAwaited
            ? Task.FromResult(new RespondQueryTaskCompletedResponse())
            : throw RpcErrors.NotFound("query task not found, or already expired");
    }
}
