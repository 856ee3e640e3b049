using System.Text.Json;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>
/// The commit point: one object, made with <c>If-None-Match</c> and replaced by compare-and-swap on its ETag. Whoever must
/// not see tables of two snapshots reads it.
/// </summary>
public sealed class SnapshotStore(LakeObjects objects)
{
    /// <summary>The object's key.</summary>
    public const string Key = "snapshots/current.json";

    /// <summary>The object's <c>s3://</c> URI.</summary>
    public string Location => objects.Uri(Key);

    /// <summary>What is published, with the ETag to swap it by; null before the first publication.</summary>
    public async Task<(SnapshotLog Log, string ETag)?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await objects.ReadAsync(Key, cancellationToken) is not { } found)
        {
            return null;
        }

        try
        {
            return (JsonSerializer.Deserialize<SnapshotLog>(found.Text, StediDataConverter.Json) ?? throw new JsonException(), found.ETag);
        }
        catch (JsonException)
        {
            throw new ApplicationFailureException(
                $"{objects.Uri(Key)} is not what this version of the pipeline writes. Restore it from the bucket's versions; nothing was published.",
                FailureTypes.BrokenContract,
                nonRetryable: true);
        }
    }

    /// <summary>Replaces what is published if it still is what was read.</summary>
    /// <returns>Whether it was replaced; if not, read again and look.</returns>
    public Task<bool> SwapAsync(SnapshotLog log, string? expectedETag, CancellationToken cancellationToken) =>
        objects.CompareAndSwapAsync(Key, JsonSerializer.Serialize(log, StediDataConverter.Json), expectedETag, cancellationToken);
}
