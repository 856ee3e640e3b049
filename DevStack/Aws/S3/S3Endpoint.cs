using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.S3;

/// <summary>Dispatches a request to its operation and turns errors into S3's error documents.</summary>
internal sealed class S3Endpoint(BucketOperations buckets, ListOperations lists, ObjectOperations objects, CopyObjectOperation copies, MultipartOperations uploads, DeleteObjectsOperation deletions, TimeProvider time)
{
    private const int MaxExpirySeconds = 7 * 24 * 3600;

    // Parameters that do not select another operation.
    private static readonly HashSet<string> Neutral = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-id", "list-type", "prefix", "delimiter", "marker", "max-keys", "continuation-token", "start-after", "encoding-type", "fetch-owner",
        "partNumber", "uploadId", "key-marker", "upload-id-marker", "max-uploads", "max-parts", "part-number-marker",
        "response-content-type", "response-content-disposition", "response-cache-control", "response-content-encoding", "response-content-language", "response-expires",
        "AWSAccessKeyId", "Signature", "Expires", "x-amz-security-token",
    };

    public async Task HandleAsync(HttpContext context, string requestId)
    {
        var request = new S3Request(context, Principal.Of(context.Request, null));
        try
        {
            context.Response.Headers["x-amz-request-id"] = requestId;
            request = new S3Request(context, Principal.Of(context.Request, request.Parameter("X-Amz-Credential") ?? request.Parameter("AWSAccessKeyId")));
            CheckExpiry(request);
            await DispatchAsync(request);
        }
        catch (AwsException e) when (!context.Response.HasStarted)
        {
            await WriteErrorAsync(request, e, requestId);
        }
    }

    private static Task WriteErrorAsync(S3Request request, AwsException error, string requestId)
    {
        request.Response.ContentLength = null;
        if (request.Method != "HEAD" && error.Status != 304)
        {
            return S3Xml.WriteErrorAsync(request.Response, error, "/" + request.Bucket + (request.Key.Length > 0 ? "/" + request.Key : ""), requestId);
        }

        request.Response.StatusCode = error.Status;
        return Task.CompletedTask;
    }

    private Task DispatchAsync(S3Request request)
    {
        var operation = request.Parameters.FirstOrDefault(p => !Neutral.Contains(p) && !p.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase));
        return (request.Method, request.Bucket.Length > 0, request.Key.Length > 0, operation) switch
        {
            ("GET", false, _, null) => buckets.ListAsync(request),
            (_, true, false, _) => DispatchBucketAsync(request, operation),
            (_, true, true, _) => DispatchObjectAsync(request, operation),
            _ => throw NotImplemented(),
        };
    }

    private Task DispatchBucketAsync(S3Request request, string? operation) => (request.Method, operation) switch
    {
        ("PUT", null) => buckets.CreateAsync(request),
        ("HEAD", null) => buckets.HeadAsync(request),
        ("DELETE", null) => buckets.DeleteAsync(request),
        ("GET", "location") => buckets.LocationAsync(request),
        ("GET", "acl") => buckets.AclAsync(request),
        ("GET", "versioning") => buckets.VersioningAsync(request),
        ("GET", "uploads") => uploads.ListAsync(request),
        ("GET", null) when request.Parameter("list-type") == "2" => lists.ListV2Async(request),
        ("GET", null) => lists.ListV1Async(request),
        ("POST", "delete") => deletions.DeleteAsync(request),
        _ => throw NotImplemented(),
    };

    private Task DispatchObjectAsync(S3Request request, string? operation) => (request.Method, operation, request.Has("uploadId")) switch
    {
        ("GET", null, true) => uploads.ListPartsAsync(request),
        ("GET" or "HEAD", null, false) => objects.GetAsync(request),
        ("GET", "acl", false) => buckets.AclAsync(request),
        ("PUT", "acl", false) => buckets.AclAsync(request),
        ("PUT", null, true) => uploads.PutPartAsync(request),
        ("PUT", null, false) when request.Header("x-amz-copy-source") is not null => copies.CopyAsync(request),
        ("PUT", null, false) => objects.PutAsync(request),
        ("DELETE", null, true) => uploads.AbortAsync(request),
        ("DELETE", null, false) => objects.DeleteAsync(request),
        ("POST", "uploads", false) => uploads.CreateAsync(request),
        ("POST", null, true) => uploads.CompleteAsync(request),
        _ => throw NotImplemented(),
    };

    // Presigned URLs expire: signature version 4 has a signing time and seconds, version 2 a Unix time.
    private void CheckExpiry(S3Request request)
    {
        DateTimeOffset end;
        if (request.Parameter("X-Amz-Expires") is { } seconds)
        {
            var valid = int.TryParse(seconds, out var validFor) & DateTimeOffset.TryParseExact(request.Parameter("X-Amz-Date"), "yyyyMMdd'T'HHmmss'Z'",
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed);
            if (!valid || validFor is < 0 or > MaxExpirySeconds || signed.Year > 9000)
            {
                throw new AwsException("AuthorizationQueryParametersError", "X-Amz-Date and X-Amz-Expires must be a time and a number of seconds, at most a week");
            }

            end = signed.AddSeconds(validFor);
        }
        else if (long.TryParse(request.Parameter("Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && unix <= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            end = DateTimeOffset.FromUnixTimeSeconds(unix);
        }
        else
        {
            return;
        }
        if (time.GetUtcNow() > end)
        {
            throw new AwsException("AccessDenied", "Request has expired", 403);
        }
    }

    private static AwsException NotImplemented() =>
        new("NotImplemented", "A header or query you provided implies functionality that is not implemented.", 501);
}
