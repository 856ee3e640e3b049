using Temporalio.Activities;
using Temporalio.Workflows;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>A minimal workflow: one activity, with a workflow task before and after it.</summary>
[Workflow("BenchOneActivity")]
public sealed class OneActivityWorkflow
{
    /// <summary>Does nothing.</summary>
    [Activity("BenchActivity")]
    public static void Activity()
    {
    }

    /// <summary>Executes the activity.</summary>
    [WorkflowRun]
    public Task RunAsync() => Workflow.ExecuteActivityAsync(() => Activity(), new() { StartToCloseTimeout = TimeSpan.FromSeconds(30) });
}
