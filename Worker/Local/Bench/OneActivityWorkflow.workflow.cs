using Temporalio.Activities;
using Temporalio.Workflows;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>The least that has a workflow task before and after an activity.</summary>
[Workflow("BenchOneActivity")]
public sealed class OneActivityWorkflow
{
    /// <summary>Does nothing.</summary>
    [Activity("BenchActivity")]
    public static void Activity()
    {
    }

    /// <summary>Waits for the activity.</summary>
    [WorkflowRun]
    public Task RunAsync() => Workflow.ExecuteActivityAsync(() => Activity(), new() { StartToCloseTimeout = TimeSpan.FromSeconds(30) });
}
