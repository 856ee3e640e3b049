using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Lineage;
using Stedi.Temporal.Activities.Publishing;

namespace Stedi.Temporal.Worker.Cli.Lineage;

/// <summary>Reads the lineage events in the lake.</summary>
internal sealed class LineageReader(LakeObjects objects)
{
    /// <summary>The run that made the published tables; null if nothing is published.</summary>
    public async Task<string?> FindPublishedAsync(CancellationToken cancellationToken) =>
        RunOf((await new SnapshotStore(objects).ReadAsync(cancellationToken))?.Log.Current);

    /// <summary>A run's OpenLineage events, each a JSON document; empty for an unknown run.</summary>
    public async Task<IReadOnlyList<string>> ReadEventsAsync(string runId, CancellationToken cancellationToken)
    {
        var files = await objects.ListAsync(LineageActivities.PrefixOf(runId), cancellationToken);
        var texts = await Task.WhenAll(files.Select(file => objects.ReadAsync(file.Key, cancellationToken)));
        return [.. texts.SelectMany(text => (text?.Text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))];
    }

    // A rollback publishes the tables of another run, whose id is in their locations.
    private static string? RunOf(Snapshot? snapshot) => snapshot?.Tables
        .SelectMany(table => table.Location.Split('/'))
        .FirstOrDefault(part => part.StartsWith("run=", StringComparison.Ordinal))?["run=".Length..] ?? snapshot?.RunId;
}
