using System.Globalization;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>
/// Points the published Glue tables at the current snapshot. Always forward, and by anybody: a publisher that dies between
/// two flips is finished by its retry or by the next run.
/// </summary>
public sealed class GlueTablePublisher(LakeCatalog catalog, SnapshotStore snapshots, LakeOptions options)
{
    /// <summary>Flips every table that does not point at the snapshot yet; stops when the snapshot is no longer the current one.</summary>
    /// <returns>Whether all tables now point at it.</returns>
    public async Task<bool> PublishAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        await catalog.EnsureDatabaseAsync(options.Database, cancellationToken);
        foreach (var table in snapshot.Tables)
        {
            while (!await TryUpdateAsync(snapshot, table, cancellationToken))
            {
                if (!await IsCurrentAsync(snapshot, cancellationToken))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // The order is what makes it safe: the version is read first, then the commit point, and the update goes through only
    // if nobody touched the table since. A slow publisher can therefore never undo a newer one.
    private async Task<bool> TryUpdateAsync(Snapshot snapshot, SnapshotTable made, CancellationToken cancellationToken)
    {
        var published = await catalog.FindAsync(options.Database, made.Name, cancellationToken);
        if (published?.StorageDescriptor?.Location == made.Location)
        {
            return true;
        }

        if (!await IsCurrentAsync(snapshot, cancellationToken))
        {
            return false;
        }

        try
        {
            var definition = Definition(snapshot, made);
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

    private static TableInput Definition(Snapshot snapshot, SnapshotTable made) => TableDefinitions.Parquet(
        made.Name,
        LakeContract.Table(made.Name).Columns,
        made.Location,
        new Dictionary<string, string>
        {
            ["recordCount"] = made.Rows.ToString(CultureInfo.InvariantCulture),
            ["stedi.generation"] = snapshot.Generation.ToString(CultureInfo.InvariantCulture),
            ["stedi.run"] = snapshot.RunId,
            ["stedi.consentPolicy"] = snapshot.Policy.ToString(),
        });
}
