using System.Globalization;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Lists the tables of <c>snapshots/current.json</c> and of the Glue catalogue; where they differ, the snapshot is right.</summary>
internal sealed class TableLister(SnapshotStore snapshots, LakeCatalog catalog, LakehouseStack stack)
{
    public async Task<TableListing> ListAsync(CancellationToken cancellationToken)
    {
        var snapshot = (await snapshots.ReadAsync(cancellationToken))?.Log.Current;
        var tables = new List<ListedTable>();
        foreach (var source in LandingSources.All)
        {
            if (await catalog.FindAsync(stack.Lake.Database, LandingSources.Table(source), cancellationToken) is { } landing)
            {
                tables.Add(Describe(landing));
            }
        }

        foreach (var published in snapshot?.Tables ?? [])
        {
            var catalogued = await catalog.FindAsync(stack.Lake.Database, published.Name, cancellationToken);
            tables.Add(new(
                LakeContract.ZoneOf(published.Name),
                published.Name,
                published.Rows,
                published.Bytes,
                published.Location,
                PathOf(published.Location),
                IsSameLocation(catalogued?.StorageDescriptor?.Location, published.Location)));
        }

        return new(
            snapshot is null ? null : new(snapshot.Generation, snapshot.RunId, snapshot.AsOf, snapshot.Policy),
            [.. tables.OrderBy(table => LakeZones.Visible.ToList().IndexOf(table.Zone))]);
    }

    private ListedTable Describe(Table table)
    {
        var location = table.StorageDescriptor?.Location ?? "";
        return new(LakeZones.Landing, table.Name, Parameter(table, "recordCount"), Parameter(table, "sizeKey"), location, PathOf(location), true);
    }

    private string? PathOf(string location)
    {
        var start = $"s3://{stack.Lake.Bucket}/";
        return stack.Endpoints.Aws is not null && location.StartsWith(start, StringComparison.Ordinal)
            ? StackFolder.Display(Path.Combine(stack.Folder.Lake, stack.Lake.Bucket, location[start.Length..]))
            : null;
    }

    // Crawlers store their counts as table parameters.
    private static long? Parameter(Table table, string name) =>
        table.Parameters?.GetValueOrDefault(name) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsSameLocation(string? one, string other) => one?.TrimEnd('/') == other.TrimEnd('/');
}

/// <summary>The lake's tables.</summary>
/// <param name="Snapshot">The published snapshot; null before the first publication.</param>
/// <param name="Tables">Landing and published tables, zone by zone.</param>
public sealed record TableListing(ListedSnapshot? Snapshot, IReadOnlyList<ListedTable> Tables);

/// <summary>A table.</summary>
/// <param name="Zone">Its zone.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rows">The number of rows, for a landing table as the crawler estimates it; null if unknown.</param>
/// <param name="Bytes">The size of its files; null if unknown.</param>
/// <param name="Location">Where its files are, as an <c>s3://</c> URI.</param>
/// <param name="Path">The location as a local folder; null for a lake on AWS.</param>
/// <param name="IsCatalogued">Whether the Glue table names that location already.</param>
public sealed record ListedTable(string Zone, string Name, long? Rows, long? Bytes, string Location, string? Path, bool IsCatalogued);

/// <summary>A published snapshot.</summary>
/// <param name="Generation">Its number.</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="AsOf">When the run started.</param>
/// <param name="Policy">Its consent policy.</param>
public sealed record ListedSnapshot(long Generation, string RunId, DateTimeOffset AsOf, ConsentPolicy Policy);
