using Stedi.Temporal.Workflows.Lake;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// The workflow's words for its activities: which one, with which input, under which profile. Called from workflow code
/// only.
/// </summary>
/// <param name="run">The run that every step belongs to.</param>
/// <param name="heartbeatSeconds">See <see cref="LakehouseInput.HeartbeatSeconds"/>.</param>
sealed class LakehouseSteps(LakeRun run, int heartbeatSeconds)
{
    public Task OpenRunAsync() =>
        Workflow.ExecuteActivityAsync((IPublishingActivities publishing) => publishing.OpenRunAsync(run), ActivityProfiles.Catalog(heartbeatSeconds, "Open the run"));

    public Task<CrawledSource> CrawlAsync(string source) =>
        Workflow.ExecuteActivityAsync(
            (ICatalogActivities catalog) => catalog.CrawlAsync(new(run, source)), Query($"Crawl {source}_landing"));

    public Task<StagedSource> StageAsync(CrawledSource source, double limit)
    {
        var input = new StageInput(run, Workflow.NewGuid(), source, limit);
        return Workflow.ExecuteActivityAsync((ICatalogActivities catalog) => catalog.StageAsync(input), Query($"Stage {source.Table}"));
    }

    public Task<BuiltTable> FilterCustomersAsync(WorkTables inputs)
    {
        var input = Build(inputs);
        return Workflow.ExecuteActivityAsync((IConsentActivities consent) => consent.FilterCustomersAsync(input), Query($"Make {LakeTables.CustomerTrusted}"));
    }

    public Task<BuiltTable> FilterAccelerometerAsync(WorkTables inputs)
    {
        var input = Build(inputs);
        return Workflow.ExecuteActivityAsync((IConsentActivities consent) => consent.FilterAccelerometerAsync(input), Query($"Make {LakeTables.AccelerometerTrusted}"));
    }

    public Task<BuiltTable> CurateCustomersAsync(WorkTables inputs)
    {
        var input = Build(inputs);
        return Workflow.ExecuteActivityAsync((ICurationActivities curation) => curation.CurateCustomersAsync(input), Query($"Make {LakeTables.CustomersCurated}"));
    }

    public Task<BuiltTable> FilterStepTrainerAsync(WorkTables inputs)
    {
        var input = Build(inputs);
        return Workflow.ExecuteActivityAsync((ISensorActivities sensors) => sensors.FilterStepTrainerAsync(input), Query($"Make {LakeTables.StepTrainerTrusted}"));
    }

    public Task<BuiltTable> JoinSensorsAsync(WorkTables inputs)
    {
        var input = Build(inputs);
        return Workflow.ExecuteActivityAsync((ISensorActivities sensors) => sensors.JoinSensorsAsync(input), Query($"Make {LakeTables.MachineLearningCurated}"));
    }

    /// <summary>Starts the audits side by side, in the order in which reports list them.</summary>
    public IReadOnlyList<Task<AuditResult>> Audit(WorkTables inputs)
    {
        var input = new AuditInput(run, inputs.Names);
        return
        [
            Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.AuditConsentAsync(input), Query("Audit consent")),
            Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.AuditPairsAsync(input), Query("Audit pairs")),
            Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.AuditUniquenessAsync(input), Query("Audit uniqueness")),
            Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.AuditIdentifyingColumnsAsync(input), Query("Audit identifying columns")),
        ];
    }

    public Task<Reconciliation> ReconcileAsync(WorkTables inputs) =>
        Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.ReconcileAsync(new(run, inputs.Names)), Query("Reconcile counts"));

    public Task<PublishedSnapshot> PublishAsync(PublishInput input) =>
        Workflow.ExecuteActivityAsync((IPublishingActivities publishing) => publishing.PublishAsync(input), ActivityProfiles.Catalog(heartbeatSeconds, "Publish"));

    public Task CleanUpAsync() =>
        Workflow.ExecuteActivityAsync((IPublishingActivities publishing) => publishing.CleanUpAsync(run), ActivityProfiles.CleanUp(heartbeatSeconds, "Clean up"));

    BuildInput Build(WorkTables inputs) => new(run, Workflow.NewGuid(), inputs.Names);

    ActivityOptions Query(string summary) => ActivityProfiles.Query(heartbeatSeconds, summary);
}
