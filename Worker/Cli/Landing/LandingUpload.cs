using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Stedi.Temporal.Activities.Resilience;

namespace Stedi.Temporal.Worker.Cli.Landing;

/// <summary>
/// Makes a prefix of the bucket hold what a folder holds: what changed is uploaded, what vanished is removed, the rest
/// stays untouched.
/// </summary>
public sealed class LandingUpload(IAmazonS3 s3, string bucket, TimeProvider time)
{
    private const int MaximumParallelUploads = 4;

    private readonly AwsResiliencePipeline _calls = new("S3", time);

    /// <summary>Brings the folder's prefix up to date.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="report">Called with the bytes that are dealt with and the bytes in all.</param>
    /// <param name="cancellationToken">Stops it; what is uploaded stays.</param>
    public async Task<UploadResult> SyncAsync(LandingFolder folder, Action<long, long> report, CancellationToken cancellationToken)
    {
        var there = await ListAsync(folder.SourcePrefix, cancellationToken);
        var uploaded = 0;
        var files = folder.Files();
        var sizes = files.ToDictionary(file => file, file => new FileInfo(file.Path).Length);
        var (dealt, all) = (0L, sizes.Values.Sum());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaximumParallelUploads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files, parallel, async (file, token) =>
        {
            var key = folder.SourcePrefix + file.Key;
            if (!there.TryGetValue(key, out var old) || !await IsSameAsync(old, file, token))
            {
                var request = new PutObjectRequest { BucketName = bucket, Key = key, FilePath = file.Path, ContentType = "application/json" };
                await _calls.ExecuteAsync("s3:PutObject", attempt => s3.PutObjectAsync(request, attempt), token);
                Interlocked.Increment(ref uploaded);
            }

            report(Interlocked.Add(ref dealt, sizes[file]), all);
        });

        var vanished = there.Keys.Except(files.Select(file => folder.SourcePrefix + file.Key)).ToList();
        await DeleteAsync(vanished, cancellationToken);
        return new(files.Count, uploaded, vanished.Count);
    }

    private async Task<Dictionary<string, S3Object>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, S3Object>(StringComparer.Ordinal);
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await _calls.ExecuteAsync("s3:ListBucket", attempt => s3.ListObjectsV2Async(request, attempt), cancellationToken);
            foreach (var item in page.S3Objects ?? [])
            {
                found[item.Key] = item;
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        return found;
    }

    // An object put in one piece has its MD5 as ETag, save under KMS keys: there everything is uploaded again, which is
    // slower and as right.
    private static async Task<bool> IsSameAsync(S3Object old, UploadFile file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file.Path);
        if (old.Size != stream.Length)
        {
            return false;
        }

#pragma warning disable CA5351 // S3's ETag is an MD5; nothing is protected by it.
        var hash = await MD5.HashDataAsync(stream, cancellationToken);
#pragma warning restore CA5351
        return old.ETag?.Trim('"').Equals(Convert.ToHexString(hash), StringComparison.OrdinalIgnoreCase) == true;
    }

    private async Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        foreach (var batch in keys.Chunk(1000))
        {
            var request = new DeleteObjectsRequest { BucketName = bucket, Objects = [.. batch.Select(key => new KeyVersion { Key = key })], Quiet = true };
            var response = await _calls.ExecuteAsync("s3:DeleteObject", attempt => s3.DeleteObjectsAsync(request, attempt), cancellationToken);
            if (response.DeleteErrors is { Count: > 0 } errors)
            {
                throw new IOException($"{errors[0].Key} could not be removed from the bucket ({errors[0].Code}).");
            }
        }
    }
}

/// <summary>What an upload did.</summary>
/// <param name="Files">Files in the folder.</param>
/// <param name="Uploaded">Of these, new or changed.</param>
/// <param name="Removed">Objects that the folder no longer has.</param>
public sealed record UploadResult(int Files, int Uploaded, int Removed);
