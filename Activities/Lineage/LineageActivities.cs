using System.Globalization;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;

namespace Stedi.Temporal.Activities.Lineage;

/// <inheritdoc/>
public sealed class LineageActivities(LakeObjects objects, OpenLineageEvents openLineage, OpenLineageClient endpoint) : ILineageActivities
{
    /// <summary>Returns the prefix of a run's events: one file per batch with one line per event.</summary>
    public static string PrefixOf(string runId) => $"lineage/run={runId}/";

    /// <inheritdoc/>
    public async Task RecordLineageAsync(RecordLineageInput input)
    {
        var cancellationToken = ActivityExecutionContext.Current.CancellationToken;
        var events = input.Events.Select(stepEvent => openLineage.From(input.Run, stepEvent)).ToList();
        var key = PrefixOf(input.Run.Id) + string.Create(CultureInfo.InvariantCulture, $"{input.Batch:D6}.ndjson");
        await objects.WriteAsync(key, string.Concat(events.Select(runEvent => runEvent.ToJsonString() + "\n")), cancellationToken);
        await endpoint.SendAsync(events, cancellationToken);
    }
}
