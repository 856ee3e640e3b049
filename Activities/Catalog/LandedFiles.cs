using System.IO.Compression;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// The files of a source that have landed, and whether a query read these and no others. A reader that takes a file's name for
/// something else loses or repeats its rows, and every count after it is consistently wrong.
/// </summary>
public sealed class LandedFiles(LakeObjects objects)
{
    private const int MostNamed = 3;

    // A larger file has rows. What a smaller one holds is looked at: a byte order mark, or gzip of nothing, gives none.
    private const int SmallFile = 1024;
    private const int ReadTogether = 32;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The files below a prefix that Athena reads: it skips names, and folders, that begin with <c>_</c> or <c>.</c>.</summary>
    public async Task<IReadOnlyList<LakeObject>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        [.. (await objects.ListAsync(prefix, cancellationToken)).Where(file => !file.Key[prefix.Length..].Split('/').Any(part => part is ['_' or '.', ..]))];

    /// <summary>Holds the files that a query read against those that were there.</summary>
    /// <param name="table">The table it read, for messages.</param>
    /// <param name="before">Files that were there before the query was submitted.</param>
    /// <param name="after">Files that were there after it had ended.</param>
    /// <param name="read">The <c>s3://</c> URIs of the files that gave rows.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ApplicationFailureException">It read a file that was not there, or missed one that was and has rows.</exception>
    public async Task RequireReadAsync(
        string table, IReadOnlyList<LakeObject> before, IReadOnlyList<LakeObject> after, IReadOnlySet<string> read, CancellationToken cancellationToken)
    {
        var earlier = before.Select(file => objects.Uri(file.Key)).ToHashSet(StringComparer.Ordinal);
        var known = earlier.Union(after.Select(file => objects.Uri(file.Key))).ToHashSet(StringComparer.Ordinal);
        if (read.Where(file => !known.Contains(file)).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
        {
            throw Mismatch($"The query for {table} read files that did not land: {Names(unknown)}. Look whether the landing folder changed while the run read it, or whether names of files there hold characters such as * ? [; rename these files, and run again.");
        }

        var unread = after.Where(file => earlier.Contains(objects.Uri(file.Key)) && !read.Contains(objects.Uri(file.Key)));
        if (await WithRowsAsync(unread, cancellationToken) is { Count: > 0 } missed)
        {
            throw Mismatch($"The query for {table} did not read files that landed: {Names([.. missed.Select(file => objects.Uri(file.Key))])}. Rename them, with letters, digits, dots and dashes only, or move them out of the landing folder if they hold no rows, and run again.");
        }
    }

    private async Task<List<LakeObject>> WithRowsAsync(IEnumerable<LakeObject> files, CancellationToken cancellationToken)
    {
        var found = new List<LakeObject>();
        foreach (var some in files.Where(file => file.Bytes > 0).OrderByDescending(file => file.Bytes).Chunk(ReadTogether))
        {
            var haveRows = await Task.WhenAll(some.Select(async file => file.Bytes > SmallFile || await HasTextAsync(file.Key, cancellationToken)));
            found.AddRange(some.Where((_, i) => haveRows[i]));
            if (found.Count > MostNamed)
            {
                break;
            }
        }

        return found;
    }

    // Lines of blanks are no rows.
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
            return true; // Named .gz and is none.
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
        string.Join(", ", files.Take(MostNamed)) + (files.Count > MostNamed ? " and more" : "");

    private static ApplicationFailureException Mismatch(string message) => new(message, FailureTypes.LandingMismatch, nonRetryable: true);
}
