using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;
using static Stedi.DevStack.Aws.S3.S3Xml;

namespace Stedi.DevStack.Aws.S3;

/// <summary>CopyObject. The source may have a leading slash and is percent-encoded.</summary>
internal sealed class CopyObjectOperation(Lake lake, AccessPolicy policy, TimeProvider time)
{
    public async Task CopyAsync(S3Request request)
    {
        var source = Source(request);
        Authorize(request, source);
        AuthorizeTarget(request);
        var precondition = Preconditions.ForWrite(request);
        using var opened = lake.Open(source) ?? throw new AwsException("NoSuchKey", "The specified key does not exist.", 404);
        CheckSource(request, opened.Object);
        var replaces = request.Header("x-amz-metadata-directive") == "REPLACE";
        if (source == request.Uri && !replaces)
        {
            throw new AwsException("InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }

        var file = lake.TempFiles.NewFile();
        try
        {
            await using (var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 17, useAsync: true))
            {
                await opened.Content.CopyToAsync(target, request.Aborted);
                target.Flush(flushToDisk: true);
            }
            var stored = lake.Commit(request.Uri, file, opened.Object.ETag, replaces ? ObjectHeaders.Of(request.Http.Request) : opened.Object.Headers, precondition);
            await WriteAsync(request.Response, Element("CopyObjectResult", Element("LastModified", Time(time.GetUtcNow())), Element("ETag", $"\"{stored.ETag}\"")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static S3Uri Source(S3Request request)
    {
        var text = request.Header("x-amz-copy-source")!;
        var path = Uri.UnescapeDataString(text.Split("?versionId=")[0]).TrimStart('/');
        return path.Split('/', 2) is [var bucket, { Length: > 0 } key]
            ? new S3Uri(bucket, key)
            : throw new AwsException("InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }

    public void Authorize(S3Request request, S3Uri uri)
    {
        if (!policy.MayUseObject(request.Principal, uri.Bucket, uri.Key))
        {
            throw new AwsException("AccessDenied", "Access Denied", 403);
        }

        if (!lake.HasBucket(uri.Bucket))
        {
            throw new AwsException("NoSuchBucket", "The specified bucket does not exist", 404);
        }
    }

    public void AuthorizeTarget(S3Request request)
    {
        policy.RequireWrite(request);
        Authorize(request, request.Uri);
    }

    private static void CheckSource(S3Request request, StoredObject source)
    {
        if (request.Header("x-amz-copy-source-if-match") is { } match && !Preconditions.Matches(match, source) ||
            request.Header("x-amz-copy-source-if-none-match") is { } none && Preconditions.Matches(none, source))
        {
            throw new AwsException("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);
        }
    }
}
