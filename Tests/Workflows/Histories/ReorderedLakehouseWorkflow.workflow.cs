using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Lineage;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows.Tests.Histories;

/// <summary>The lakehouse workflow with an error: it publishes before it audits.</summary>
[Workflow("LakehouseWorkflow")]
public sealed class ReorderedLakehouseWorkflow
{
    [WorkflowRun]
    public async Task<LakehouseReport?> RunAsync(LakehouseInput? input = null)
    {
        input ??= new();
        var opening = await RunOpening.StartAsync(input.Lake, input.SourcePrefix, input.ConsentPolicy);
        var run = opening.Run;
        var lineage = new LineageLog(run, ActivityProfiles.CleanUp(run, "Record lineage"));
        var steps = new LakehouseSteps(run, lineage);
        return await lineage.TrackAsync("", [], () => CurateAsync(opening.Opened, steps, run, input), (_, end) => end);
    }

    private static async Task<LakehouseReport?> CurateAsync(Task opened, LakehouseSteps steps, RunContext run, LakehouseInput input)
    {
        await opened;
        var staged = new WorkTables(await Workflow.WhenAllAsync(LandingSources.All.Select(async source =>
            await steps.StageAsync(await steps.CrawlAsync(source)))));
        var filtering = steps.FilterCustomersAsync(staged);
        var deciding = steps.DecidePeopleAsync(staged.Names);
        var customers = await filtering;
        var readings = await steps.FilterAccelerometerAsync(staged.With(customers));
        var curated = await steps.CurateCustomersAsync(staged.With(customers, readings));
        var stepReadings = await steps.FilterStepTrainerAsync(staged.With(curated));
        var training = await steps.JoinSensorsAsync(staged.With(readings, curated, stepReadings));
        var workTables = staged.With(customers, readings, curated, stepReadings, training, await deciding);
        await steps.PublishAsync(new(run, [customers, readings, curated, stepReadings, training], input.SnapshotsToKeep, input.AllowLooserPolicy), workTables);
        await steps.AuditAsync(workTables);
        return null;
    }
}
