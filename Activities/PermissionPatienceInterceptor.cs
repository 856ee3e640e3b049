using Amazon.Runtime;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;

namespace Stedi.Temporal.Activities;

/// <summary>
/// Repeats a step that AWS denied something, until <see cref="LakeOptions.PermissionPatience"/> has passed: credentials may be about to be
/// renewed, and a change of a role takes a while to reach every service. A query that was denied something is not repeated.
/// </summary>
/// <param name="lake">The lake that the worker serves.</param>
/// <param name="time">The clock.</param>
public sealed class PermissionPatienceInterceptor(LakeOptions lake, TimeProvider time) : IWorkerInterceptor
{
    /// <inheritdoc/>
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => new Inbound(lake, time, nextInterceptor);

    private sealed class Inbound(LakeOptions lake, TimeProvider time, ActivityInboundInterceptor next) : ActivityInboundInterceptor(next)
    {
        public override async Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
        {
            try
            {
                return await base.ExecuteActivityAsync(input);
            }
            catch (ApplicationFailureException e) when (e is { ErrorType: FailureTypes.MissingPermission, InnerException: AmazonServiceException } && IsEarly())
            {
                throw new ApplicationFailureException(e.Message, e.ErrorType);
            }
        }

        private bool IsEarly() => time.GetUtcNow() - ActivityExecutionContext.Current.Info.ScheduledTime < lake.PermissionPatience;
    }
}
