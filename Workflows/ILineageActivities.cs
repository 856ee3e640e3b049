using Stedi.Temporal.Workflows.Lineage;
using Temporalio.Activities;

namespace Stedi.Temporal.Workflows;

/// <summary>Telling where data came from.</summary>
public interface ILineageActivities
{
    /// <summary>Records events as OpenLineage, in the lake and wherever else is configured.</summary>
    [Activity]
    Task RecordLineageAsync(RecordLineageInput input);
}
