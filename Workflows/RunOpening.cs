using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows;

/// <summary>The first step of a run, which may have failed. Called from workflow code only.</summary>
/// <param name="Run">The run that all later steps belong to: the one that was opened or, if that failed, the one that was asked for.</param>
/// <param name="Opened">Throws what the first step threw. To be awaited as part of the run, so that the run fails as with any other step.</param>
internal sealed record RunOpening(RunContext Run, Task Opened)
{
    /// <summary>Opens the run of the executing workflow, and waits for it. Does not throw if the step fails.</summary>
    /// <param name="lake">The lake that the workflow's input names; empty if none.</param>
    /// <param name="sourcePrefix">See <see cref="LakehouseInput.SourcePrefix"/>.</param>
    /// <param name="policy">See <see cref="LakehouseInput.ConsentPolicy"/>.</param>
    public static async Task<RunOpening> StartAsync(string lake, string sourcePrefix, ConsentPolicy policy)
    {
        var requested = new RunContext(Workflow.Info.RunId, Workflow.Info.WorkflowId, Workflow.UtcNow, sourcePrefix, policy) { Lake = lake.Length == 0 ? null : lake };
        var opening = Workflow.ExecuteActivityAsync(
            (IPublishingActivities publishing) => publishing.OpenRunAsync(requested), ActivityProfiles.Catalog(requested, "Open the run"));
        await Workflow.WhenAnyAsync(opening);
        return new(opening.IsCompletedSuccessfully ? await opening : requested, opening);
    }
}
