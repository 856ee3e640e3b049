using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Privacy;

/// <summary>Stores who cleared which customer line, and why. Staging reads it.</summary>
public sealed class ClearedLineStore(LakeObjects objects, LakeCatalog catalog, LakeOptions options)
{
    // One object is one line of the JSON SerDe.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lists the cleared lines, those that were cleared first before others.</summary>
    public async Task<IReadOnlyList<ClearedLine>> ListAsync(CancellationToken cancellationToken)
    {
        var lines = new List<ClearedLine>();
        foreach (var found in await objects.ListAsync(ClearedLines.Prefix, cancellationToken))
        {
            if (await ReadAsync(found.Key, cancellationToken) is { } line)
            {
                lines.Add(line);
            }
        }

        return [.. lines.OrderBy(line => line.ClearedAt)];
    }

    /// <summary>Clears a line. One that is cleared already stays as it is.</summary>
    /// <returns>The line as it is stored, and whether this call has cleared it.</returns>
    public async Task<(ClearedLine Line, bool IsNew)> AddAsync(ClearedLine line, CancellationToken cancellationToken)
    {
        await EnsureTableAsync(cancellationToken);
        var key = ClearedLines.ObjectKey(line.LineKey);
        if (await objects.CompareAndSwapAsync(key, JsonSerializer.Serialize(line, Json) + "\n", expectedETag: null, cancellationToken))
        {
            return (line, true);
        }

        // False may also follow a retry after a lost response to a write that succeeded.
        var stored = await ReadAsync(key, cancellationToken) ?? throw new IOException($"{objects.Uri(key)} exists and is not a cleared line.");
        return (stored, stored == line);
    }

    private async Task<ClearedLine?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await objects.ReadAsync(key, cancellationToken) is { } found ? JsonSerializer.Deserialize<ClearedLine>(found.Text) : null;
        }
        catch (JsonException)
        {
            // Not written by this class: staging finds no key in it either.
            return null;
        }
    }

    private async Task EnsureTableAsync(CancellationToken cancellationToken)
    {
        if (await catalog.FindAsync(options.PrivateDatabase, options.ClearedLinesTable, cancellationToken) is null)
        {
            try
            {
                await catalog.CreateAsync(options.PrivateDatabase, ClearedLines.Definition(options), cancellationToken);
            }
            catch (AlreadyExistsException)
            {
                // Another command has created it.
            }
        }
    }
}

/// <summary>A cleared line. The JSON names are the columns of <see cref="ClearedLines"/>.</summary>
/// <param name="LineKey">The keyed hash of the line.</param>
/// <param name="File">The file that it stood in, as an <c>s3://</c> URI.</param>
/// <param name="Kind">One of <see cref="ClearableKinds"/>.</param>
/// <param name="Reason">Why it was cleared.</param>
/// <param name="ClearedBy">Who cleared it.</param>
/// <param name="ClearedAt">When.</param>
public sealed record ClearedLine(
    [property: JsonPropertyName("line_key")] string LineKey,
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("cleared_by")] string ClearedBy,
    [property: JsonPropertyName("cleared_at")] DateTimeOffset ClearedAt);

/// <summary>The kinds of customer lines that can be cleared. A refusal with a date is none of them.</summary>
public static class ClearableKinds
{
    /// <summary>A line that staging rejected.</summary>
    public const string Rejected = "rejected line";

    /// <summary>An accepted record without consent and without the time of its last update.</summary>
    public const string Undated = "undated record";

    /// <summary>An accepted record with a consent that claims a device of somebody else.</summary>
    public const string Consent = "record with a consent";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Rejected, Undated, Consent];
}
