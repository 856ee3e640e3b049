using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Lifecycle;

/// <summary>A run to be started. Ids and defaults are added to its attributes when it starts.</summary>
public sealed record NewRun(WorkflowExecutionStartedEventAttributes Attributes)
{
    public string RunId { get; init; } = Guid.NewGuid().ToString();

    public string RequestId { get; init; } = "";

    public UserMetadata? UserMetadata { get; init; }

    public IReadOnlyList<Link> Links { get; init; } = [];
}

/// <summary>Writes the first event of a run.</summary>
public static class RunStarter
{
    private static readonly TimeSpan DefaultTaskTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTaskTimeout = TimeSpan.FromSeconds(120);

    public static Transaction Start(UnitOfWork work, NewRun run)
    {
        var tx = work.Create(run.RunId);
        Complete(run.Attributes, work, run.RunId);
        tx.State.StartRequestId = run.RequestId;
        tx.State.UserMetadata = run.UserMetadata;
        tx.Append(new()
        {
            WorkflowExecutionStartedEventAttributes = run.Attributes,
            UserMetadata = run.UserMetadata,
            Links = { run.Links },
        });
        if (tx.State.FirstTaskDue is null)
        {
            tx.RequestWorkflowTask();
        }

        return tx;
    }

    private static void Complete(WorkflowExecutionStartedEventAttributes attributes, UnitOfWork work, string runId)
    {
        attributes.WorkflowId = work.Key.WorkflowId;
        attributes.OriginalExecutionRunId = runId;
        attributes.FirstExecutionRunId = attributes.FirstExecutionRunId.Length > 0 ? attributes.FirstExecutionRunId : runId;
        attributes.Attempt = Math.Max(attributes.Attempt, 1);
        var taskTimeout = attributes.WorkflowTaskTimeout.ToSpan();
        attributes.WorkflowTaskTimeout = (taskTimeout == TimeSpan.Zero ? DefaultTaskTimeout : ProtobufTime.Min(taskTimeout, LongestTaskTimeout)).ToDuration();
        attributes.RetryPolicy = attributes.RetryPolicy is null ? null : RetrySchedule.Complete(attributes.RetryPolicy);

        var execution = attributes.WorkflowExecutionTimeout.ToSpan();
        var run = attributes.WorkflowRunTimeout.ToSpan();
        if (execution > TimeSpan.Zero)
        {
            attributes.WorkflowExecutionExpirationTime ??=
                (work.Now + attributes.FirstWorkflowTaskBackoff.ToSpan() + execution).ToTimestamp();
            run = run == TimeSpan.Zero ? execution : ProtobufTime.Min(run, execution);
        }

        attributes.WorkflowRunTimeout = run.ToOptionalDuration();
    }
}
