using System.Text.RegularExpressions;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Client;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>
/// Removes what nobody needs any more: queries still running, work tables and staged data of this run and of runs that died, and
/// output that is neither kept for rollback nor what a published table points at.
/// </summary>
public sealed partial class LakeGarbageCollector(
    LakeObjects objects, LakeCatalog catalog, AthenaQueries queries, SnapshotStore snapshots, RunMarkers openRuns, LakeOptions options, TimeProvider time)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);
    private static readonly string[] Zones = [$"{LakeZones.Staged}/", $"{LakeZones.Trusted}/", $"{LakeZones.Curated}/"];

    /// <summary>Removes the leftovers of a run that is about to end, and of those that ended without doing so themselves.</summary>
    /// <param name="run">The run that asks.</param>
    /// <param name="client">Tells which other runs have ended.</param>
    /// <param name="heartbeat">Called now and then, to show that somebody works.</param>
    /// <param name="cancellationToken">Stops; what is left is removed the next time.</param>
    public async Task CollectAsync(RunContext run, ITemporalClient client, Action heartbeat, CancellationToken cancellationToken)
    {
        // The order matters. A run is noted before it makes anything, and forgotten after it published: so output seen first,
        // of a run not noted afterwards, is either in the snapshots read last or needed by nobody.
        var outputs = await OutputsAsync(cancellationToken);
        var (open, dead) = await OthersAsync(run, client, cancellationToken);
        var kept = await KeptAsync(cancellationToken);
        await StopQueriesAsync([.. dead, run], cancellationToken);

        foreach (var output in outputs.Where(output => !open.Contains(output.RunId) && !kept.Contains(output.Prefix)))
        {
            heartbeat();
            await objects.DeleteAsync(output.Prefix, cancellationToken);
        }

        foreach (var ended in dead.Prepend(run))
        {
            foreach (var table in await catalog.ListAsync(options.WorkDatabase, $".*_{SqlNames.Suffix(ended)}", cancellationToken))
            {
                heartbeat();
                await catalog.DropAsync(options.WorkDatabase, table.Name, cancellationToken);
            }
        }

        await ExpireAsync(cancellationToken);
        foreach (var ended in dead)
        {
            await openRuns.DeleteAsync(ended.Id, cancellationToken);
        }
    }

    // A worker that died under a step nobody tries again has left its query running: no longer than its run.
    private Task StopQueriesAsync(IReadOnlyList<RunContext> ended, CancellationToken cancellationToken) =>
        queries.StopUnfinishedAsync([.. ended.Select(SqlNames.Suffix)], ended.Min(run => run.AsOf) - ClockSkew, cancellationToken);

    // Both hold personal data: results of whatever people asked, and lines as they landed.
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
        foreach (var zone in Zones)
        {
            foreach (var o in await objects.ListAsync(zone, cancellationToken))
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
        foreach (var other in (await openRuns.ListAsync(cancellationToken)).Where(other => other.Id != run.Id))
        {
            if (await openRuns.IsClosedAsync(other, client, cancellationToken))
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
        foreach (var table in LakeTables.All)
        {
            if (await catalog.FindAsync(options.Database, table, cancellationToken) is { StorageDescriptor.Location: { } location })
            {
                kept.Add(objects.Key(location));
            }
        }

        return kept;
    }

    [GeneratedRegex($"^(?:{LakeZones.Staged}|{LakeZones.Trusted}|{LakeZones.Curated})/[a-z_]+/run=(?<run>[^/]+)/[^/]+/")]
    private static partial Regex Output();
}
