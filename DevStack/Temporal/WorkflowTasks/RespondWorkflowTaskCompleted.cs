using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commands;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Queries;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Updates;
using Stedi.DevStack.Temporal.Visibility;
using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.WorkflowTasks;

/// <summary>Completes a workflow task and applies its commands. An invalid command fails the task, and none of the commands is applied.</summary>
public sealed class RespondWorkflowTaskCompleted(
    ExecutionDirectory executions, QueryRegistry queries, UpdateRegistry updates, WorkflowTaskStarter starter, SearchAttributeValidator attributes)
    : IOperation<RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse>
{
    public async Task<RespondWorkflowTaskCompletedResponse> ExecuteAsync(RespondWorkflowTaskCompletedRequest request, CallContext call)
    {
        var token = TaskToken.Parse(request.TaskToken);
        foreach (var (queryId, result) in request.QueryResults)
        {
            queries.Answer(queryId, result);
        }

        try
        {
            return await executions.DecideAsync(token.Namespace, token.Run, tx =>
            {
                Complete(tx, token, request);
                return new RespondWorkflowTaskCompletedResponse { WorkflowTask = NextTask(tx, request) };
            });
        }
        catch (BadCommandException bad)
        {
            await executions.DecideAsync(token.Namespace, token.Run, tx =>
            {
                var failure = new Failure { Message = bad.Message, Source = "Server", ServerFailureInfo = new() };
                WorkflowTaskMachine.Fail.Fire(StartedWorkflowTask.Require(tx, token), tx, new(bad.Cause, failure, request.Identity));
                if (bad.EndsRun)
                {
                    RunCloser.Terminate(tx, bad.Message, null, "history-service");
                }
            });
            throw RpcErrors.InvalidArgument(bad.Message);
        }
    }

    private void Complete(Transaction tx, TaskToken token, RespondWorkflowTaskCompletedRequest request)
    {
        var task = StartedWorkflowTask.Require(tx, token);
        if (tx.State.Buffered.Count > 0 && request.Commands.Any(c => CommandHandlers.Closes(c.CommandType)))
        {
            throw new BadCommandException(WorkflowTaskFailedCause.UnhandledCommand);
        }

        var problems = request.Commands.Select(CommandSearchAttributes.Of).Select(set => attributes.Validate(tx.State.Namespace, set));
        if (problems.FirstOrDefault(problem => problem is not null) is { } invalid)
        {
            throw new BadCommandException(WorkflowTaskFailedCause.BadSearchAttributes, invalid);
        }

        WorkflowTaskMachine.Complete.Fire(task, tx, new(new()
        {
            Identity = request.Identity,
            BinaryChecksum = request.BinaryChecksum,
            WorkerVersion = request.WorkerVersionStamp,
            SdkMetadata = request.SdkMetadata,
            MeteringMetadata = request.MeteringMetadata,
        }));
        tx.State.StickyQueue = request.StickyAttributes?.WorkerTaskQueue?.Name ?? "";
        tx.State.StickyScheduleToStart = request.StickyAttributes?.ScheduleToStartTimeout.ToSpan() ?? TimeSpan.Zero;
        var scope = new CommandScope(
            tx.State.LastCompletedTaskEventId, request.Messages.DistinctBy(m => m.Id).ToDictionary(m => m.Id), updates.AdmittedOf(tx.State));
        tx.ApplyCommands(() => CommandHandlers.ApplyAll(tx, request.Commands, scope));
        Reject(tx.State, token.Stamp, request);
        if (request.ForceCreateNewWorkflowTask || updates.HasUnsent(tx.State))
        {
            tx.RequestWorkflowTask();
        }
    }

    private void Reject(ExecutionState state, int stamp, RespondWorkflowTaskCompletedRequest request)
    {
        foreach (var message in request.Messages)
        {
            if (message.Body?.TryUnpack<Rejection>(out var rejection) == true)
            {
                updates.Reject(state.RunId, message.ProtocolInstanceId, rejection.Failure ?? new());
            }
        }

        // While local activities run, a task may complete before its updates are processed.
        if (state.IsRunning && !request.ForceCreateNewWorkflowTask)
        {
            updates.RejectIgnored(state, stamp);
        }
    }

    /// <summary>The next task, if one is due and the worker has the run cached: it saves a poll.</summary>
    private PollWorkflowTaskQueueResponse? NextTask(Transaction tx, RespondWorkflowTaskCompletedRequest request) =>
        request.ReturnNewWorkflowTask && tx.State.StickyQueue.Length > 0 && tx.TryTakeWorkflowTask()
            ? starter.Start(tx, tx.State.StickyQueue, request.Identity)
            : null;
}
