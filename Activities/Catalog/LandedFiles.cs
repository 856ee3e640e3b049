using System.IO.Compression;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// Lists the landed files of a source, and verifies that a query read exactly these. An engine that misreads a file's name,
/// for example as a pattern, would lose or repeat rows without any later check noticing.
/// </summary>
public sealed class LandedFiles(LakeObjects objects)
{
    private const int MaxNamedFiles = 3;

    // A larger file certainly has rows. A smaller one is read, because it may hold only a byte order mark or empty gzip data.
    private const int MaxEmptyFileBytes = 1024;
    private const int ConcurrentReads = 32;

    /// <summary>Lists the files below a prefix that Athena reads. It skips files and folders whose names begin with <c>_</c> or <c>.</c>.</summary>
    public async Task<IReadOnlyList<LakeObject>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        [.. (await objects.ListAsync(prefix, cancellationToken)).Where(file => !file.Key[prefix.Length..].Split('/').Any(part => part is ['_' or '.', ..]))];

    /// <summary>Verifies that a query read exactly the files that were there.</summary>
    /// <param name="table">The table that it read, for messages.</param>
    /// <param name="before">The files before the query was submitted.</param>
    /// <param name="after">The files after the query ended.</param>
    /// <param name="read">The <c>s3://</c> URIs of the files that its rows came from.</param>
    /// <param name="cancellationToken">Cancels reading the files.</param>
    /// <exception cref="ApplicationFailureException">It read a file that was not there, or did not read one that has rows.</exception>
    public async Task RequireReadAsync(
        string table, IReadOnlyList<LakeObject> before, IReadOnlyList<LakeObject> after, IReadOnlySet<string> read, CancellationToken cancellationToken)
    {
        var earlier = before.Select(file => objects.Uri(file.Key)).ToHashSet(StringComparer.Ordinal);
        var known = earlier.Union(after.Select(file => objects.Uri(file.Key))).ToHashSet(StringComparer.Ordinal);
        if (read.Where(file => !known.Contains(file)).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
        {
            throw Mismatch($"The query for {table} read files that did not land: {Names(unknown)}. Check whether the landing folder changed during the run, or has files whose names contain characters such as * ? [. Rename such files, and run again.");
        }

        var unread = after.Where(file => earlier.Contains(objects.Uri(file.Key)) && !read.Contains(objects.Uri(file.Key)));
        if (await WithRowsAsync(unread, cancellationToken) is { Count: > 0 } missed)
        {
            throw Mismatch($"The query for {table} did not read files that landed: {Names([.. missed.Select(file => objects.Uri(file.Key))])}. Rename them to names of letters, digits, dots and dashes, or move them out of the landing folder if they have no rows, and run again.");
        }
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private async Task<List<LakeObject>> WithRowsAsync(IEnumerable<LakeObject> files, CancellationToken cancellationToken)
    {
        var found = new List<LakeObject>();
        foreach (var chunk in files.Where(file => file.Bytes > 0).OrderByDescending(file => file.Bytes).Chunk(ConcurrentReads))
        {
            var haveRows = await Task.WhenAll(chunk.Select(async file => file.Bytes > MaxEmptyFileBytes || await HasTextAsync(file.Key, cancellationToken)));
            found.AddRange(chunk.Where((_, i) => haveRows[i]));
            if (found.Count > MaxNamedFiles)
            {
                break;
            }
        }

        return found;
    }

    // Blank lines are not rows.
    private async Task<bool> HasTextAsync(string key, CancellationToken cancellationToken)
    {
        if (await objects.ReadBytesAsync(key, cancellationToken) is not { } content)
        {
            return false;
        }

        try
        {
            var text = key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? await DecompressAsync(content, cancellationToken) : content;
            return (text.AsSpan().StartsWith(ByteOrderMark) ? text.AsSpan(ByteOrderMark.Length) : text).ContainsAnyExcept(" \t\r\n"u8);
        }
        catch (InvalidDataException)
        {
            return true; // Not gzip data despite its name.
        }
    }

    private static async Task<byte[]> DecompressAsync(byte[] content, CancellationToken cancellationToken)
    {
        await using var compressed = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        using var text = new MemoryStream();
        await compressed.CopyToAsync(text, cancellationToken);
        return text.ToArray();
    }

    private static string Names(List<string> files) =>
        string.Join(", ", files.Take(MaxNamedFiles)) + (files.Count > MaxNamedFiles ? " and more" : "");

    private static ApplicationFailureException Mismatch(string message) => new(message, FailureTypes.LandingMismatch, nonRetryable: true);
}
