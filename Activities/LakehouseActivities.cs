using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Audit;
using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Consent;
using Stedi.Temporal.Activities.Curation;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Lineage;
using Stedi.Temporal.Activities.Pseudonyms;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Activities.Sensors;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Worker.Interceptors;

namespace Stedi.Temporal.Activities;

/// <summary>Registers the activities in a service collection.</summary>
public static class LakehouseActivities
{
    /// <summary>
    /// Registers the implementations of all activity interfaces for one lake. They require <c>IAmazonS3</c>,
    /// <c>IAmazonGlue</c> and <c>IAmazonAthena</c> with the SDK's own retries turned off, and a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddLakehouseActivities(this IServiceCollection services, LakeOptions options) => services
        .AddSingleton(options)
        .AddSingleton<LakeObjects>()
        .AddSingleton<LakeCatalog>()
        .AddSingleton<AthenaQueries>()
        .AddSingleton<LandingCrawler>()
        .AddSingleton<LandedFiles>()
        .AddSingleton<SnapshotStore>()
        .AddSingleton<GlueTablePublisher>()
        .AddSingleton<SnapshotPublisher>()
        .AddSingleton<RunMarkers>()
        .AddSingleton<LakeGarbageCollector>()
        .AddSingleton<DatasetNames>()
        .AddSingleton<OpenLineageDatasetMapper>()
        .AddSingleton<OpenLineageEvents>()
        .AddSingleton<OpenLineageClient>()
        // Scoped, as activities are: an instance serves one attempt.
        .AddScoped<DurableQueryRunner>()
        .AddScoped<TableBuilder>()
        .AddScoped<PseudonymKeyCheck>()
        .AddScoped<SnapshotComparison>()
        .AddScoped<SnapshotTableCheck>()
        .AddScoped<ICatalogActivities, CatalogActivities>()
        .AddScoped<IConsentActivities, ConsentActivities>()
        .AddScoped<ICurationActivities, CurationActivities>()
        .AddScoped<ISensorActivities, SensorActivities>()
        .AddScoped<IAuditActivities, AuditActivities>()
        .AddScoped<IPublishingActivities, PublishingActivities>()
        .AddScoped<ILineageActivities, LineageActivities>();

    /// <summary>What every worker of a lake does around each activity, outermost first.</summary>
    public static IReadOnlyCollection<IWorkerInterceptor> Interceptors(LakeOptions options, TimeProvider time) =>
        [new HeartbeatInterceptor(time), new StepOwnershipInterceptor(options), new PermissionPatienceInterceptor(options, time)];
}
