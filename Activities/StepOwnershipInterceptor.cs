using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;

namespace Stedi.Temporal.Activities;

/// <summary>
/// Refuses every step that belongs to another run than the one that executes it, for good. A workflow that is reset keeps the results
/// of the old run's steps, and a sweep may have removed what they refer to. Opening a run and cleaning up after it are not
/// refused: their input is a <see cref="RunContext"/>, not an <see cref="IStepInput"/>.
/// </summary>
public sealed class StepOwnershipInterceptor : IWorkerInterceptor
{
    /// <inheritdoc/>
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => new Inbound(nextInterceptor);

    private sealed class Inbound(ActivityInboundInterceptor next) : ActivityInboundInterceptor(next)
    {
        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
        {
            var executing = ActivityExecutionContext.Current.Info.WorkflowRunId;
            return input.Args.OfType<IStepInput>().FirstOrDefault(step => step.Run.Id != executing) is { } foreign
                ? throw new ApplicationFailureException(
                    $"The step belongs to run {foreign.Run.Id}, from which this run was reset. Nothing was changed. Reset to the first workflow task, or start a new run.",
                    FailureTypes.ResetNotSupported,
                    nonRetryable: true)
                : base.ExecuteActivityAsync(input);
        }
    }
}
