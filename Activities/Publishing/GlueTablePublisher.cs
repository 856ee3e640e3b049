using System.Globalization;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>
/// Updates the published Glue tables to the current snapshot, never to an older one. Any run may do so: if a publisher crashes
/// after some of the tables, its retry or the next run updates the others.
/// </summary>
public sealed class GlueTablePublisher(LakeCatalog catalog, SnapshotStore snapshots, LakeOptions options)
{
    /// <summary>Updates every table that does not have the snapshot's location yet. Stops if the snapshot is no longer the current one.</summary>
    /// <returns>Whether all tables have the snapshot's locations.</returns>
    public async Task<bool> PublishAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        await catalog.EnsureDatabaseAsync(options.Database, cancellationToken);
        var updated = await Task.WhenAll(snapshot.Tables.Select(table => UpdateAsync(snapshot, table, cancellationToken)));
        return updated.All(done => done);
    }

    private async Task<bool> UpdateAsync(Snapshot snapshot, SnapshotTable table, CancellationToken cancellationToken)
    {
        while (!await TryUpdateAsync(snapshot, table, cancellationToken))
        {
            if (!await IsCurrentAsync(snapshot, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    // The order matters: the table's version is read before the current snapshot, and the update requires that version. So a
    // slow publisher cannot overwrite the update of a newer one.
    private async Task<bool> TryUpdateAsync(Snapshot snapshot, SnapshotTable table, CancellationToken cancellationToken)
    {
        var published = await catalog.FindAsync(options.Database, table.Name, cancellationToken);
        if (published?.StorageDescriptor?.Location == table.Location)
        {
            return true;
        }

        if (!await IsCurrentAsync(snapshot, cancellationToken))
        {
            return false;
        }

        try
        {
            var definition = Definition(snapshot, table);
            await (published is null
                ? catalog.CreateAsync(options.Database, definition, cancellationToken)
                : catalog.ReplaceAsync(options.Database, definition, published.VersionId, cancellationToken));
            return true;
        }
        catch (Exception e) when (e is ConcurrentModificationException or AlreadyExistsException or EntityNotFoundException)
        {
            return false;
        }
    }

    private async Task<bool> IsCurrentAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        await snapshots.ReadAsync(cancellationToken) is { } found && found.Log.Current.Generation == snapshot.Generation;

    private static TableInput Definition(Snapshot snapshot, SnapshotTable table) => TableDefinitions.Parquet(
        table.Name,
        LakeContract.Table(table.Name).Columns,
        table.Location,
        new Dictionary<string, string>
        {
            ["recordCount"] = table.Rows.ToString(CultureInfo.InvariantCulture),
            ["stedi.generation"] = snapshot.Generation.ToString(CultureInfo.InvariantCulture),
            ["stedi.run"] = snapshot.RunId,
            ["stedi.consentPolicy"] = snapshot.Policy.ToString(),
        });
}
