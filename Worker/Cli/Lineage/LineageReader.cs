using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Lineage;
using Stedi.Temporal.Activities.Publishing;

namespace Stedi.Temporal.Worker.Cli.Lineage;

/// <summary>Reads the lineage that the lake keeps of its runs.</summary>
internal sealed class LineageReader(LakeObjects objects)
{
    /// <summary>The run that made what is published; null before the first.</summary>
    public async Task<string?> FindPublishedAsync(CancellationToken cancellationToken) =>
        RunOf((await new SnapshotStore(objects).ReadAsync(cancellationToken))?.Log.Current);

    /// <summary>A run's OpenLineage events, a JSON document each; none for a run that the lake does not know.</summary>
    public async Task<IReadOnlyList<string>> ReadEventsAsync(string runId, CancellationToken cancellationToken)
    {
        var files = await objects.ListAsync(LineageActivities.PrefixOf(runId), cancellationToken);
        var texts = await Task.WhenAll(files.Select(file => objects.ReadAsync(file.Key, cancellationToken)));
        return [.. texts.SelectMany(text => (text?.Text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))];
    }

    // A rollback publishes what another run made: the tables' locations tell which.
    private static string? RunOf(Snapshot? snapshot) => snapshot?.Tables
        .SelectMany(table => table.Location.Split('/'))
        .FirstOrDefault(part => part.StartsWith("run=", StringComparison.Ordinal))?["run=".Length..] ?? snapshot?.RunId;
}
