using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.DevStack.Temporal.Tests.Page;

/// <summary>Has a step that completes, and a step that always fails with a message of HTML.</summary>
[Workflow]
public sealed class StuckWorkflow
{
    public const string Problem = "<img src=x onerror=alert(1)> is stuck";

    [WorkflowRun]
    public async Task RunAsync(string what)
    {
        await Workflow.ExecuteActivityAsync(() => Weigh(what), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), Summary = $"Weigh {what}" });
        await Workflow.ExecuteActivityAsync(() => Sell(what), new()
        {
            StartToCloseTimeout = TimeSpan.FromMinutes(1),
            RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(1), MaximumInterval = TimeSpan.FromHours(1), BackoffCoefficient = 1_000_000 },
        });
    }

    [Activity]
    public static int Weigh(string what) => what.Length;

    [Activity]
    public static void Sell(string what) => throw new ApplicationFailureException(Problem, errorType: "Till");
}
