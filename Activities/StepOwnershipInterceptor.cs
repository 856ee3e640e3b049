using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;

namespace Stedi.Temporal.Activities;

/// <summary>
/// Refuses every step of another lake, and every step that belongs to another run than the one that executes it.
/// A workflow that is reset keeps the results of the old run's steps, and a sweep may have removed what they refer to. Opening a run and
/// cleaning up after it are not refused to another run: their input is a <see cref="RunContext"/>, not an <see cref="IStepInput"/>.
/// </summary>
/// <param name="lake">The lake that the worker serves.</param>
public sealed class StepOwnershipInterceptor(LakeOptions lake) : IWorkerInterceptor
{
    private const int MaxAttempts = 10;

    // Another worker of the queue may take the step meanwhile.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => new Inbound(lake, nextInterceptor);

    private sealed class Inbound(LakeOptions lake, ActivityInboundInterceptor next) : ActivityInboundInterceptor(next)
    {
        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
        {
            var step = ActivityExecutionContext.Current.Info;
            var run = input.Args.Select(RunOf).FirstOrDefault(found => found is not null);
            if (run?.Lake is { } other && !lake.IsNamed(other))
            {
                throw new ApplicationFailureException(
                    $"The step belongs to lake {other}, and this worker serves {lake.Identity}. Stop one of the two, or give each lake a task queue of its own.",
                    FailureTypes.OtherLake,
                    nonRetryable: step.Attempt >= MaxAttempts,
                    nextRetryDelay: RetryDelay);
            }

            return input.Args.OfType<IStepInput>().FirstOrDefault(found => found.Run.Id != step.WorkflowRunId) is { } foreign
                ? throw new ApplicationFailureException(
                    $"The step belongs to run {foreign.Run.Id}, from which this run was reset. Nothing was changed. Reset to the first workflow task, or start a new run.",
                    FailureTypes.ResetNotSupported,
                    nonRetryable: true)
                : base.ExecuteActivityAsync(input);
        }

        private static RunContext? RunOf(object? argument) => argument as RunContext ?? (argument as IStepInput)?.Run;
    }
}
