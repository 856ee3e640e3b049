using System.Globalization;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;

namespace Stedi.Temporal.Activities.Lineage;

/// <inheritdoc/>
public sealed class LineageActivities(LakeObjects objects, OpenLineageEvents openLineage, OpenLineageClient endpoint) : ILineageActivities
{
    /// <summary>Where a run's events lie, a file a batch and a line an event.</summary>
    public static string PrefixOf(string runId) => $"lineage/run={runId}/";

    /// <inheritdoc/>
    public async Task RecordLineageAsync(RecordLineageInput input)
    {
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        var events = input.Events.Select(happened => openLineage.From(input.Run, happened)).ToList();
        var key = PrefixOf(input.Run.Id) + string.Create(CultureInfo.InvariantCulture, $"{input.Batch:D6}.ndjson");
        await objects.WriteAsync(key, string.Concat(events.Select(happened => happened.ToJsonString() + "\n")), cancellation);
        await endpoint.SendAsync(events, cancellation);
    }
}
