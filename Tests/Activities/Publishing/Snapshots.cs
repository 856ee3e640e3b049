using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Tests.Publishing;

/// <summary>Snapshots of a lake that no run has made.</summary>
internal static class Snapshots
{
    /// <summary>A snapshot of all tables, each at a location of the run.</summary>
    public static Snapshot New(TestLake lake, RunContext run, long generation) => new()
    {
        Generation = generation,
        RunId = run.Id,
        AsOf = run.AsOf,
        Policy = run.Policy,
        SourcePrefix = run.SourcePrefix,
        Tables = [.. LakeTables.All.Select(table => new SnapshotTable(table, lake.Objects.Uri($"{LakeContract.Table(table).Zone}/{table}/run={run.Id}/1/"), 1, 1))],
    };

    /// <summary>Makes snapshots the lake's, the current one first. Its tables are left as they are.</summary>
    public static async Task WriteAsync(TestLake lake, Snapshot current, params Snapshot[] previous)
    {
        var store = new SnapshotStore(lake.Objects);
        var found = await store.ReadAsync(CancellationToken.None);
        (await store.SwapAsync(new(current, previous), found?.ETag, CancellationToken.None)).ShouldBeTrue();
    }

    /// <summary>Updates the published tables to a snapshot, if it is the current one.</summary>
    public static Task<bool> PublishTablesAsync(TestLake lake, Snapshot snapshot) =>
        new GlueTablePublisher(lake.Catalog, new(lake.Objects), lake.Options).PublishAsync(snapshot, CancellationToken.None);

    /// <summary>The locations of the published tables.</summary>
    public static async Task<IEnumerable<string>> LocationsAsync(TestLake lake) =>
        (await lake.Catalog.ListAsync(lake.Options.Database, ".*", CancellationToken.None)).Select(table => table.StorageDescriptor.Location);
}
