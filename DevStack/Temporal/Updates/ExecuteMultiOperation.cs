using Grpc.Core;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Visibility;
using Stedi.DevStack.Temporal.Workflows;
using Temporalio.Api.ErrorDetails.V1;

namespace Stedi.DevStack.Temporal.Updates;

/// <summary>Handles update-with-start: starts a workflow unless it runs and updates it, atomically.</summary>
public sealed class ExecuteMultiOperation(
    NamespaceDirectory namespaces, ExecutionDirectory executions, UpdateRegistry registry, UpdateLongPoll longPoll, SearchAttributeValidator attributes)
    : IOperation<ExecuteMultiOperationRequest, ExecuteMultiOperationResponse>
{
    public async Task<ExecuteMultiOperationResponse> ExecuteAsync(ExecuteMultiOperationRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (request.Operations is not [{ StartWorkflow: { } start }, { UpdateWorkflow: { } update }])
        {
            throw RpcErrors.InvalidArgument("Operations have to be exactly [start, update].");
        }

        var failing = 0;
        try
        {
            StartRequests.Validate(start);
            attributes.ThrowIfInvalid(request.Namespace, start.SearchAttributes);
            failing = 1;
            UpdateWorkflowExecution.Validate(update);
            failing = 0;
            var (started, pending) = await executions.DecideAsync(new WorkflowKey(request.Namespace, start.WorkflowId), work =>
            {
                var response = StartWorkflowExecution.Start(work, start);
                failing = 1;
                return (response, registry.Admit(work.Open(response.RunId)!, update.Request));
            });
            await longPoll.WaitAsync(pending, update.WaitPolicy?.LifecycleStage ?? default, call);
            return new()
            {
                Responses =
                {
                    new ExecuteMultiOperationResponse.Types.Response { StartWorkflow = started },
                    new ExecuteMultiOperationResponse.Types.Response { UpdateWorkflow = UpdateWorkflowExecution.Response(pending) },
                },
            };
        }
        catch (RequestException e)
        {
            throw Failed(e, failing);
        }
    }

    private static RequestException Failed(RequestException cause, int failing)
    {
        var aborted = new RequestException(StatusCode.Aborted, "Operation was aborted.", new MultiOperationExecutionAborted());
        RequestException[] outcomes = failing == 0 ? [cause, aborted] : [aborted, cause];
        return new(cause.Code, "Update-with-Start could not be executed.", new MultiOperationExecutionFailure
        {
            Statuses =
            {
                outcomes.Select(o => o.ToStatus()).Select(status => new MultiOperationExecutionFailure.Types.OperationStatus
                {
                    Code = status.Code,
                    Message = status.Message,
                    Details = { status.Details },
                }),
            },
        });
    }
}
