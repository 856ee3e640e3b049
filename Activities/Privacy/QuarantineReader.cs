using System.Text.RegularExpressions;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Privacy;

/// <summary>Reads what a run has put into the quarantine.</summary>
public sealed partial class QuarantineReader(LakeObjects objects, LakeCatalog catalog, PrivateQueries queries, LakeOptions options, TimeProvider time)
{
    /// <summary>The fewest characters of a line's key that name it.</summary>
    public const int ShortestKey = 8;

    // Files of earlier versions have the first three columns only. A column that a file does not have is NULL.
    private static readonly IReadOnlyList<LakeColumn> Columns =
        [new("source_file", "string"), new("line", "string"), new("reason", "string"), new("line_key", "string"), new("kind", "string")];

    // Lines of other sources have no key, and are rejected.
    private const string Kind = $"coalesce(kind, '{ClearableKinds.Rejected}')";

    /// <summary>Whether text can be the key of a line or the beginning of one.</summary>
    public static bool IsKey(string text) => Key().IsMatch(text);

    /// <summary>Lists the lines of all sources, without their text. Lines of the same file, key, kind and reason are one entry.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<QuarantinedGroup>> ListAsync(string runId, CancellationToken cancellationToken)
    {
        var found = new List<QuarantinedGroup>();
        await using var request = await PrivateRequest.OpenAsync(objects, catalog, options, time, cancellationToken);
        foreach (var source in LandingSources.All)
        {
            if (await RegisterAsync(request, source, runId, cancellationToken) is not { } table)
            {
                continue;
            }

            var rows = await queries.SelectAsync(
                "listing the quarantine",
                $"""
                SELECT source_file, line_key, {Kind} AS kind, reason, count(*) AS n
                FROM {table}
                GROUP BY source_file, line_key, {Kind}, reason
                ORDER BY source_file, kind, reason, line_key
                """,
                cancellationToken);
            found.AddRange(rows.Select(row => new QuarantinedGroup(source, row["line_key"], row["source_file"] ?? "", row["kind"]!, row["reason"], row.Count("n"))));
        }

        return found;
    }

    /// <summary>Returns the customer lines whose keys begin with some text.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">The beginning of a key, for which <see cref="IsKey"/> holds.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<QuarantinedLine>> FindAsync(string runId, string key, CancellationToken cancellationToken)
    {
        if (!IsKey(key))
        {
            throw new ArgumentException("A line's key has at least 8 hexadecimal digits.", nameof(key));
        }

        await using var request = await PrivateRequest.OpenAsync(objects, catalog, options, time, cancellationToken);
        if (await RegisterAsync(request, LandingSources.Customer, runId, cancellationToken) is not { } table)
        {
            return [];
        }

        var rows = await queries.SelectAsync(
            "a quarantined line",
            $"""
            SELECT DISTINCT source_file, line, reason, line_key, {Kind} AS kind
            FROM {table}
            WHERE line_key LIKE '{key.ToLowerInvariant()}%'
            ORDER BY line_key, source_file
            """,
            cancellationToken);
        return [.. rows.Select(row => new QuarantinedLine(row["line_key"]!, row["source_file"] ?? "", row["kind"]!, row["reason"], row["line"] ?? ""))];
    }

    private async Task<string?> RegisterAsync(PrivateRequest request, string source, string runId, CancellationToken cancellationToken)
    {
        var prefix = $"{LakeZones.Quarantine}/{source}_rejected/run={runId}/";
        var files = await objects.ListAsync(prefix, cancellationToken);
        // Each attempt writes to a folder of its own, and the last one has succeeded.
        return files.MaxBy(file => file.Modified) is { } last
            ? await request.RegisterAsync($"{source}_rejected", name => TableDefinitions.Parquet(name, Columns, objects.Uri(last.Key[..(last.Key.LastIndexOf('/') + 1)])), cancellationToken)
            : null;
    }

    [GeneratedRegex(@"\A[0-9a-fA-F]{8,128}\z")]
    private static partial Regex Key();
}

/// <summary>Equal entries of the quarantine.</summary>
/// <param name="Source">One of <see cref="LandingSources"/>.</param>
/// <param name="LineKey">The keyed hash of the line, if it is a customer's; null for lines of other sources, which cannot be cleared.</param>
/// <param name="File">The file, as an <c>s3://</c> URI.</param>
/// <param name="Kind">One of <see cref="ClearableKinds"/>.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="Lines">The number of lines.</param>
public sealed record QuarantinedGroup(string Source, string? LineKey, string File, string Kind, string? Reason, long Lines);

/// <summary>A customer line in the quarantine.</summary>
/// <param name="LineKey">The keyed hash of the line.</param>
/// <param name="File">The file, as an <c>s3://</c> URI.</param>
/// <param name="Kind">One of <see cref="ClearableKinds"/>.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="Text">The line, shortened if it is very long.</param>
public sealed record QuarantinedLine(string LineKey, string File, string Kind, string? Reason, string Text);
