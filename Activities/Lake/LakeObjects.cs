using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Stedi.Temporal.Activities.Resilience;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>The objects in the lake's bucket.</summary>
public sealed class LakeObjects(IAmazonS3 s3, LakeOptions options, TimeProvider time)
{
    private readonly AwsResiliencePipeline _calls = new("S3", time);

    /// <summary>Returns the <c>s3://</c> URI of a key or prefix.</summary>
    public string Uri(string key) => $"s3://{options.Bucket}/{key}";

    /// <summary>Returns the key of an <c>s3://</c> URI in this bucket.</summary>
    /// <exception cref="ArgumentException">The URI is in another bucket.</exception>
    public string Key(string uri)
    {
        var start = $"s3://{options.Bucket}/";
        return uri.StartsWith(start, StringComparison.Ordinal)
            ? uri[start.Length..]
            : throw new ArgumentException($"Not in bucket {options.Bucket}.", nameof(uri));
    }

    /// <summary>Lists all objects below a prefix in key order, without folder markers.</summary>
    public async Task<IReadOnlyList<LakeObject>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var found = new List<LakeObject>();
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await _calls.ExecuteAsync("s3:ListBucket", token => s3.ListObjectsV2Async(request, token), cancellationToken);
            found.AddRange((page.S3Objects ?? []).Where(o => !o.Key.EndsWith('/')).Select(o => new LakeObject(o.Key, o.Size ?? 0, o.LastModified?.ToUniversalTime() ?? DateTimeOffset.MaxValue, o.ETag ?? "")));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        return found;
    }

    /// <summary>Reads a text object and its ETag. Returns null if it does not exist.</summary>
    public Task<(string Text, string ETag)?> ReadAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync<(string, string)?>(key, async (response, token) =>
        {
            using var reader = new StreamReader(response.ResponseStream, Encoding.UTF8);
            return (await reader.ReadToEndAsync(token), response.ETag);
        }, cancellationToken);

    /// <summary>Reads a small object. Returns null if it does not exist.</summary>
    public Task<byte[]?> ReadBytesAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync<byte[]?>(key, async (response, token) =>
        {
            using var bytes = new MemoryStream();
            await response.ResponseStream.CopyToAsync(bytes, token);
            return bytes.ToArray();
        }, cancellationToken);

    /// <summary>Writes or overwrites a text object.</summary>
    public Task WriteAsync(string key, string text, CancellationToken cancellationToken) =>
        PutAsync(new() { BucketName = options.Bucket, Key = key, ContentBody = text, ContentType = "application/json" }, cancellationToken);

    /// <summary>
    /// Writes a text object only if its ETag is still <paramref name="expectedETag"/>, or, if that is null, only if it does not exist.
    /// </summary>
    /// <returns>Whether it was written. False may also follow a retry after a lost response to a write that succeeded, so read the object again.</returns>
    public async Task<bool> CompareAndSwapAsync(string key, string text, string? expectedETag, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest { BucketName = options.Bucket, Key = key, ContentBody = text, ContentType = "application/json" };
        if (expectedETag is null)
        {
            request.IfNoneMatch = "*";
        }
        else
        {
            request.IfMatch = expectedETag;
        }

        try
        {
            await PutAsync(request, cancellationToken);
            return true;
        }
        // 412: the ETag differs. 409: a concurrent write. 404: it was deleted meanwhile.
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Deletes all objects below a prefix.</summary>
    /// <exception cref="IOException">Some could not be deleted. The call can be retried.</exception>
    public async Task DeleteAsync(string prefix, CancellationToken cancellationToken) =>
        await DeleteAsync(await ListAsync(prefix, cancellationToken), cancellationToken);

    /// <summary>Deletes objects.</summary>
    /// <exception cref="IOException">Some could not be deleted. The call can be retried.</exception>
    public async Task DeleteAsync(IEnumerable<LakeObject> objects, CancellationToken cancellationToken)
    {
        foreach (var batch in objects.Chunk(1000))
        {
            var request = new DeleteObjectsRequest
            {
                BucketName = options.Bucket,
                Objects = [.. batch.Select(o => new KeyVersion { Key = o.Key })],
                Quiet = true,
            };
            var response = await _calls.ExecuteAsync("s3:DeleteObject", token => s3.DeleteObjectsAsync(request, token), cancellationToken);
            if (response.DeleteErrors is { Count: > 0 } errors)
            {
                throw new IOException($"{errors.Count} of {batch.Length} objects could not be deleted ({errors[0].Code}).");
            }
        }
    }

    private async Task<T?> ReadAsync<T>(string key, Func<GetObjectResponse, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await _calls.ExecuteAsync("s3:GetObject", async token =>
            {
                using var response = await s3.GetObjectAsync(new GetObjectRequest { BucketName = options.Bucket, Key = key }, token);
                return await read(response, token);
            }, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return default;
        }
    }

    private Task PutAsync(PutObjectRequest request, CancellationToken cancellationToken) =>
        _calls.ExecuteAsync("s3:PutObject", token => s3.PutObjectAsync(request, token), cancellationToken);
}

/// <summary>An object in the lake's bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Modified">The time of its last write.</param>
/// <param name="ETag">S3's tag of its content.</param>
public sealed record LakeObject(string Key, long Bytes, DateTimeOffset Modified, string ETag = "");
