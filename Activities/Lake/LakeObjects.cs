using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Stedi.Temporal.Activities.Resilience;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>The lake's bucket: what the pipeline needs of S3, and nothing else.</summary>
public sealed class LakeObjects(IAmazonS3 s3, LakeOptions options, TimeProvider time)
{
    private readonly AwsResiliencePipeline _calls = new("S3", time);

    /// <summary>The <c>s3://</c> URI of a key or prefix.</summary>
    public string Uri(string key) => $"s3://{options.Bucket}/{key}";

    /// <summary>The key of an <c>s3://</c> URI in this bucket.</summary>
    /// <exception cref="ArgumentException">The URI is in another bucket.</exception>
    public string Key(string uri)
    {
        var start = $"s3://{options.Bucket}/";
        return uri.StartsWith(start, StringComparison.Ordinal)
            ? uri[start.Length..]
            : throw new ArgumentException($"Not in bucket {options.Bucket}.", nameof(uri));
    }

    /// <summary>All objects below a prefix, in key order, less folder markers.</summary>
    public async Task<IReadOnlyList<LakeObject>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var found = new List<LakeObject>();
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await _calls.ExecuteAsync("s3:ListBucket", token => s3.ListObjectsV2Async(request, token), cancellationToken);
            found.AddRange((page.S3Objects ?? []).Where(o => !o.Key.EndsWith('/')).Select(o => new LakeObject(o.Key, o.Size ?? 0, o.LastModified?.ToUniversalTime() ?? DateTimeOffset.MaxValue)));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        return found;
    }

    /// <summary>A text object and its ETag, or null where there is none.</summary>
    public Task<(string Text, string ETag)?> ReadAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync<(string, string)?>(key, async (response, token) =>
        {
            using var reader = new StreamReader(response.ResponseStream, Encoding.UTF8);
            return (await reader.ReadToEndAsync(token), response.ETag);
        }, cancellationToken);

    /// <summary>The bytes of a small object, or null where there is none.</summary>
    public Task<byte[]?> ReadBytesAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync<byte[]?>(key, async (response, token) =>
        {
            using var bytes = new MemoryStream();
            await response.ResponseStream.CopyToAsync(bytes, token);
            return bytes.ToArray();
        }, cancellationToken);

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

    /// <summary>Writes a text object, whatever was there.</summary>
    public Task WriteAsync(string key, string text, CancellationToken cancellationToken) =>
        PutAsync(new() { BucketName = options.Bucket, Key = key, ContentBody = text, ContentType = "application/json" }, cancellationToken);

    /// <summary>
    /// Writes a text object only if it still is what <paramref name="expectedETag"/> says; null says that there is none.
    /// </summary>
    /// <returns>Whether it was written. A lost answer may say no although it was: read again and look.</returns>
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
        // 412: somebody else was first. 409: somebody else is writing. 404: it was deleted meanwhile.
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Deletes everything below a prefix.</summary>
    /// <exception cref="IOException">Some could not be deleted; a retry goes on.</exception>
    public async Task DeleteAsync(string prefix, CancellationToken cancellationToken) =>
        await DeleteAsync(await ListAsync(prefix, cancellationToken), cancellationToken);

    /// <summary>Deletes objects.</summary>
    /// <exception cref="IOException">Some could not be deleted; a retry goes on.</exception>
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

    private Task PutAsync(PutObjectRequest request, CancellationToken cancellationToken) =>
        _calls.ExecuteAsync("s3:PutObject", token => s3.PutObjectAsync(request, token), cancellationToken);
}

/// <summary>One object of the lake's bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When it was written.</param>
public sealed record LakeObject(string Key, long Bytes, DateTimeOffset Modified);
