using System.Text.RegularExpressions;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Client;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>
/// Removes the leftovers of runs that have ended: running queries, work tables, staged data, and output that is neither kept
/// for rollback nor the location of a published table. Also removes expired results and quarantined lines.
/// </summary>
public sealed partial class LakeGarbageCollector(
    LakeObjects objects, LakeCatalog catalog, AthenaQueries queries, SnapshotStore snapshots, RunMarkers markers, LakeOptions options, TimeProvider time)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);
    private static readonly string[] OutputPrefixes = [$"{LakeZones.Staged}/", $"{LakeZones.Trusted}/", $"{LakeZones.Curated}/"];

    /// <summary>Removes the leftovers of a run that is about to end, and of runs that ended without cleaning up.</summary>
    /// <param name="run">The run that is about to end.</param>
    /// <param name="client">Used to find out which other runs have ended.</param>
    /// <param name="cancellationToken">Cancels the removal. A later call removes the rest.</param>
    public async Task CollectAsync(RunContext run, ITemporalClient client, CancellationToken cancellationToken)
    {
        // The order matters. A run's marker is written before its first output and deleted after its publication. So output that
        // is listed first and whose run has no marker afterwards is either in the snapshots, which are read last, or unused.
        var outputs = await OutputsAsync(cancellationToken);
        var (open, dead) = await OthersAsync(run, client, cancellationToken);
        var kept = await KeptAsync(cancellationToken);
        await StopQueriesAsync([.. dead, run], cancellationToken);

        var unused = outputs.Where(output => !open.Contains(output.RunId) && !kept.Contains(output.Prefix));
        await Task.WhenAll(unused.Select(output => objects.DeleteAsync(output.Prefix, cancellationToken)));
        foreach (var ended in dead.Prepend(run))
        {
            var tables = await catalog.ListAsync(options.WorkDatabase, $".*_{SqlNames.Suffix(ended)}", cancellationToken);
            await Task.WhenAll(tables.Select(table => catalog.DropAsync(options.WorkDatabase, table.Name, cancellationToken)));
        }

        await ExpireAsync(cancellationToken);
        foreach (var ended in dead)
        {
            await markers.DeleteAsync(ended.Id, cancellationToken);
        }
    }

    // A worker that crashed during the last attempt of a step has left its query running.
    private Task StopQueriesAsync(IReadOnlyList<RunContext> ended, CancellationToken cancellationToken) =>
        queries.StopUnfinishedAsync([.. ended.Select(SqlNames.Suffix)], ended.Min(run => run.AsOf) - ClockSkew, cancellationToken);

    // Query results and quarantined lines contain personal data.
    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - options.Expiry;
        foreach (var prefix in (string[])[options.ResultsPrefix, $"{LakeZones.Quarantine}/"])
        {
            var expired = (await objects.ListAsync(prefix, cancellationToken)).Where(found => found.Modified < oldest);
            await objects.DeleteAsync(expired, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<(string RunId, string Prefix)>> OutputsAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<(string, string)>();
        foreach (var prefix in OutputPrefixes)
        {
            foreach (var o in await objects.ListAsync(prefix, cancellationToken))
            {
                if (Output().Match(o.Key) is { Success: true } match)
                {
                    found.Add((match.Groups["run"].Value, match.Value));
                }
            }
        }

        return [.. found];
    }

    private async Task<(IReadOnlySet<string> Open, IReadOnlyList<RunContext> Dead)> OthersAsync(RunContext run, ITemporalClient client, CancellationToken cancellationToken)
    {
        var open = new HashSet<string>();
        var dead = new List<RunContext>();
        foreach (var other in (await markers.ListAsync(cancellationToken)).Where(other => other.Id != run.Id))
        {
            if (await markers.IsClosedAsync(other, client, cancellationToken))
            {
                dead.Add(other);
            }
            else
            {
                open.Add(other.Id);
            }
        }

        return (open, dead);
    }

    private async Task<IReadOnlySet<string>> KeptAsync(CancellationToken cancellationToken)
    {
        var log = (await snapshots.ReadAsync(cancellationToken))?.Log;
        var kept = (log?.All ?? []).SelectMany(snapshot => snapshot.Tables).Select(table => objects.Key(table.Location)).ToHashSet();
        var published = await Task.WhenAll(LakeTables.All.Select(table => catalog.FindAsync(options.Database, table, cancellationToken)));
        kept.UnionWith(published.Select(table => table?.StorageDescriptor?.Location).OfType<string>().Select(objects.Key));
        return kept;
    }

    [GeneratedRegex($"^(?:{LakeZones.Staged}|{LakeZones.Trusted}|{LakeZones.Curated})/[a-z_]+/run=(?<run>[^/]+)/[^/]+/")]
    private static partial Regex Output();
}
