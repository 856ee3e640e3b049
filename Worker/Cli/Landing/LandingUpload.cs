using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Stedi.Temporal.Activities.Resilience;

namespace Stedi.Temporal.Worker.Cli.Landing;

/// <summary>Synchronizes a folder to a prefix of the bucket: uploads changed files and deletes the objects of removed ones.</summary>
public sealed class LandingUpload(IAmazonS3 s3, string bucket, TimeProvider time)
{
    private const int MaximumParallelUploads = 4;

    private readonly AwsResiliencePipeline _calls = new("S3", time);

    /// <summary>Synchronizes the folder to its prefix.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="report">Called with the bytes processed so far and the total.</param>
    /// <param name="cancellationToken">Stops the upload; uploaded files stay.</param>
    public async Task<UploadResult> SyncAsync(LandingFolder folder, Action<long, long> report, CancellationToken cancellationToken)
    {
        var existing = await ListAsync(folder.SourcePrefix, cancellationToken);
        var uploaded = 0;
        var files = folder.Files();
        var sizes = files.ToDictionary(file => file, file => new FileInfo(file.Path).Length);
        var (processed, total) = (0L, sizes.Values.Sum());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaximumParallelUploads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files, parallel, async (file, token) =>
        {
            var key = folder.SourcePrefix + file.Key;
            if (!existing.TryGetValue(key, out var old) || !await IsSameAsync(old, file, token))
            {
                var request = new PutObjectRequest { BucketName = bucket, Key = key, FilePath = file.Path, ContentType = "application/json" };
                await _calls.ExecuteAsync("s3:PutObject", attempt => s3.PutObjectAsync(request, attempt), token);
                Interlocked.Increment(ref uploaded);
            }

            report(Interlocked.Add(ref processed, sizes[file]), total);
        });

        var removed = existing.Keys.Except(files.Select(file => folder.SourcePrefix + file.Key)).ToList();
        await DeleteAsync(removed, cancellationToken);
        return new(files.Count, uploaded, removed.Count);
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

    // The ETag of an object that was put in one part is its MD5, except with KMS encryption: then every file is uploaded
    // again, which is slower but correct.
    private static async Task<bool> IsSameAsync(S3Object old, UploadFile file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file.Path);
        if (old.Size != stream.Length)
        {
            return false;
        }

#pragma warning disable CA5351 // S3's ETag is an MD5; it protects nothing.
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

/// <summary>The result of an upload.</summary>
/// <param name="Files">The number of files in the folder.</param>
/// <param name="Uploaded">How many of them were new or changed.</param>
/// <param name="Removed">The number of deleted objects.</param>
public sealed record UploadResult(int Files, int Uploaded, int Removed);
