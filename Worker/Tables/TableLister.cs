using System.Globalization;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Output;
using Stedi.Temporal.Worker.Stack;
using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Worker.Tables;

/// <summary>Puts together what <c>snapshots/current.json</c> and the Glue catalogue say. The former decides.</summary>
sealed class TableLister(SnapshotStore snapshots, LakeCatalog catalog, LakehouseStack stack)
{
    public async Task<TableListing> ListAsync(CancellationToken cancellationToken)
    {
        var snapshot = (await snapshots.ReadAsync(cancellationToken))?.Log.Current;
        var tables = new List<ListedTable>();
        foreach (var source in LandingSources.All)
        {
            if (await catalog.FindAsync(stack.Lake.Database, source + "_landing", cancellationToken) is { } landing)
            {
                tables.Add(Describe(landing));
            }
        }

        foreach (var published in snapshot?.Tables ?? [])
        {
            var catalogued = await catalog.FindAsync(stack.Lake.Database, published.Name, cancellationToken);
            tables.Add(new(
                Zones.Of(published.Name),
                published.Name,
                published.Rows,
                published.Bytes,
                published.Location,
                PathOf(published.Location),
                Same(catalogued?.StorageDescriptor?.Location, published.Location)));
        }

        return new(
            snapshot is null ? null : new(snapshot.Generation, snapshot.RunId, snapshot.AsOf, snapshot.Policy),
            [.. tables.OrderBy(table => Zones.All.ToList().IndexOf(table.Zone))]);
    }

    ListedTable Describe(Table table)
    {
        var location = table.StorageDescriptor?.Location ?? "";
        return new(Zones.Landing, table.Name, Parameter(table, "recordCount"), Parameter(table, "sizeKey"), location, PathOf(location), true);
    }

    string? PathOf(string location)
    {
        var start = $"s3://{stack.Lake.Bucket}/";
        return stack.Endpoints.Aws is not null && location.StartsWith(start, StringComparison.Ordinal)
            ? StackFolder.Display(Path.Combine(stack.Folder.Lake, stack.Lake.Bucket, location[start.Length..]))
            : null;
    }

    // Crawlers leave their counts with the table.
    static long? Parameter(Table table, string name) =>
        table.Parameters?.GetValueOrDefault(name) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static bool Same(string? one, string other) => one?.TrimEnd('/') == other.TrimEnd('/');
}
