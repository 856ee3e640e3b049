using System.Text.Json;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>
/// Stores the snapshot log in one object, which is created with <c>If-None-Match</c> and replaced by compare-and-swap on its
/// ETag. Replacing it is the commit of a publication. Readers that need a consistent set of tables read it.
/// </summary>
public sealed class SnapshotStore(LakeObjects objects)
{
    /// <summary>The object's key.</summary>
    public const string Key = "snapshots/current.json";

    /// <summary>The object's <c>s3://</c> URI.</summary>
    public string Location => objects.Uri(Key);

    /// <summary>Reads the log and its ETag. Returns null before the first publication.</summary>
    public async Task<(SnapshotLog Log, string ETag)?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await objects.ReadAsync(Key, cancellationToken) is not { } found)
        {
            return null;
        }

        try
        {
            return (StoredFormat.Read<SnapshotLog>(found.Text, objects.Uri(Key)), found.ETag);
        }
        catch (JsonException)
        {
            throw new ApplicationFailureException(
                $"{objects.Uri(Key)} cannot be read by this version of the pipeline. Nothing was published. Restore it from the bucket's versions.",
                FailureTypes.BrokenContract,
                nonRetryable: true);
        }
    }

    /// <summary>Replaces the log if its ETag is still the expected one.</summary>
    /// <returns>Whether it was replaced. If not, read it again.</returns>
    public Task<bool> SwapAsync(SnapshotLog log, string? expectedETag, CancellationToken cancellationToken) =>
        objects.CompareAndSwapAsync(Key, JsonSerializer.Serialize(log, StediDataConverter.Json), expectedETag, cancellationToken);
}
