using System.Security.Cryptography;
using System.Text;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// Lists the landed files of a source, and verifies that a query read exactly these. An engine that misreads a file's name,
/// for example as a pattern, would lose or repeat rows without any later check noticing.
/// </summary>
public sealed class LandedFiles(LakeObjects objects)
{
    // A larger file certainly has lines. A smaller one is read, because it may hold only a byte order mark or compressed nothing.
    private const int MaxEmptyFileBytes = 1024;
    private const int ConcurrentReads = 32;

    // The engine knows a compression by the extension, in lower case only.
    private static readonly string[] ReadCompressions = [".gz", ".bz2", ".deflate", ".zst"];
    private static readonly string[] OtherCompressions = [".snappy", ".lz4", ".xz", ".lzo", ".zip", ".7z"];

    /// <summary>Lists the files below a prefix, and which of them Athena skips: those whose name, or a folder's name, begins with <c>_</c> or <c>.</c>.</summary>
    /// <exception cref="ApplicationFailureException">A file has a compression that Athena does not read.</exception>
    public async Task<Listing> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var found = (await objects.ListAsync(prefix, cancellationToken)).ToLookup(file => file.Key[prefix.Length..].Split('/').Any(part => part is ['_' or '.', ..]));
        var unreadable = found[false].Where(file => OtherCompressions.Any(extension => file.Key.EndsWith(extension, StringComparison.Ordinal))).Select(file => file.Key).ToList();
        return unreadable.Count == 0
            ? new([.. found[false]], [.. found[true]])
            : throw new ApplicationFailureException(
                $"The compression of these files cannot be read: {FileNames.List(unreadable, unreadable.Count)}. Compress them with gzip, bzip2, deflate or zstd, or not at all, and run again.",
                FailureTypes.BrokenContract,
                nonRetryable: true);
    }

    /// <summary>Verifies that a query read exactly the files that were there.</summary>
    /// <param name="table">The table that it read, for messages.</param>
    /// <param name="before">The files before the query was submitted.</param>
    /// <param name="after">The files after the query ended.</param>
    /// <param name="read">The <c>s3://</c> URIs of the files that its rows came from.</param>
    /// <param name="cancellationToken">Cancels reading the files.</param>
    /// <returns>The files that were read, or have no lines.</returns>
    /// <exception cref="ApplicationFailureException">
    /// It read a file that was not there, or did not read one that has lines, or a file changed meanwhile.
    /// </exception>
    public async Task<ReadFiles> VerifyAsync(string table, Listing before, Listing after, IReadOnlySet<string> read, CancellationToken cancellationToken)
    {
        var earlier = before.Files.ToDictionary(file => file.Key);
        var later = after.Files.ToDictionary(file => file.Key);
        var readKeys = read.Select(objects.Key).ToHashSet(StringComparer.Ordinal);
        var unknown = readKeys.Where(key => !earlier.ContainsKey(key) && !later.ContainsKey(key)).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw Mismatch($"The query for {table} read files that did not land: {FileNames.List(unknown, unknown.Count)}. Check whether the landing folder changed during the run, or has files whose names contain characters such as * ? [. Rename such files, and run again.");
        }

        var changed = before.Files.Where(file => !later.TryGetValue(file.Key, out var now) || now.Bytes != file.Bytes || now.ETag != file.ETag).Select(file => file.Key)
            .Concat(before.MayHaveChanged.Select(file => file.Key).Where(readKeys.Contains))
            .ToList();
        if (changed.Count > 0)
        {
            throw new ApplicationFailureException(
                $"Files changed or disappeared while they were read: {FileNames.List(changed, changed.Count)}. Nothing was published. Wait until nobody writes to the landing folder, and run again.",
                FailureTypes.LandingChanged,
                nonRetryable: true);
        }

        var unread = before.Files.Where(file => !readKeys.Contains(file.Key)).ToList();
        if (await WithLinesAsync(unread, cancellationToken) is { Count: > 0 } missed)
        {
            throw Mismatch($"The query for {table} did not read files that landed: {FileNames.List(missed, missed.Count)}. Rename them to names of letters, digits, dots and dashes, or move them out of the landing folder if they have no lines, and run again.");
        }

        var late = after.Files.Where(file => readKeys.Contains(file.Key) && !earlier.ContainsKey(file.Key)).ToList();
        return new(before.Files, late);
    }

    /// <summary>
    /// Returns the uncompressed files whose size does not fit the lines that were read from them: it must exceed the bytes of
    /// the lines by at most two bytes per line end and three of a byte order mark.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <param name="lines">The number of lines and of their bytes, by the <c>s3://</c> URIs of the files.</param>
    public IReadOnlyList<LakeObject> OfOtherSize(IEnumerable<LakeObject> files, IReadOnlyDictionary<string, (long Lines, long Bytes)> lines) =>
    [
        .. files.Where(file => !ReadCompressions.Any(extension => file.Key.EndsWith(extension, StringComparison.Ordinal))
            && lines.TryGetValue(objects.Uri(file.Key), out var read)
            && (file.Bytes - read.Bytes < 0 || file.Bytes - read.Bytes > (2 * read.Lines) + 3)),
    ];

    private async Task<List<string>> WithLinesAsync(IEnumerable<LakeObject> files, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var chunk in files.Where(file => file.Bytes > 0).OrderByDescending(file => file.Bytes).Chunk(ConcurrentReads))
        {
            var haveLines = await Task.WhenAll(chunk.Select(async file => file.Bytes > MaxEmptyFileBytes || await HasTextAsync(file.Key, cancellationToken)));
            found.AddRange(chunk.Where((_, i) => haveLines[i]).Select(file => file.Key));
        }

        return found;
    }

    private async Task<bool> HasTextAsync(string key, CancellationToken cancellationToken) =>
        await objects.ReadBytesAsync(key, cancellationToken) is { } content && !EmptyFile.Is(key, content);

    private static ApplicationFailureException Mismatch(string message) => new(message, FailureTypes.LandingMismatch, nonRetryable: true);
}

/// <summary>The files of a source at one moment.</summary>
/// <param name="Files">The files that Athena reads.</param>
/// <param name="Skipped">The files that it does not read because of their names.</param>
public sealed record Listing(IReadOnlyList<LakeObject> Files, IReadOnlyList<LakeObject> Skipped)
{
    /// <summary>Files that were written after the query was submitted, so that it may have read another content.</summary>
    public IReadOnlyList<LakeObject> MayHaveChanged { get; private init; } = [];

    /// <summary>Returns the listing of a moment before this one, as far as the times of the last writes tell.</summary>
    public Listing Before(DateTimeOffset time)
    {
        var files = Files.ToLookup(file => Latest(file.Modified) <= time);
        return this with { Files = [.. files[true]], MayHaveChanged = [.. files[false]] };
    }

    // S3 rounds times to seconds; other stores, whose times have fractions, to milliseconds.
    private static DateTimeOffset Latest(DateTimeOffset modified) => modified.Millisecond == 0 ? modified.AddSeconds(1) : modified.AddMilliseconds(1);
}

/// <summary>The files that a query read.</summary>
/// <param name="Landed">The files that had landed before the query.</param>
/// <param name="Late">The files that arrived during the query, and were read.</param>
public sealed record ReadFiles(IReadOnlyList<LakeObject> Landed, IReadOnlyList<LakeObject> Late)
{
    /// <summary>Returns a hash of the files' keys, sizes and ETags.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Landed.Concat(Late).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file.Key}\n{file.Bytes}\n{file.ETag}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
