using System.Globalization;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.S3;

internal sealed class ObjectOperations(Lake lake, AccessPolicy policy)
{
    public async Task PutAsync(S3Request request)
    {
        policy.RequireWrite(request);
        var precondition = Preconditions.ForWrite(request);
        RequireBucket(request);
        using var body = await ReceivedBody.ReceiveAsync(request.Http.Request, lake.TempFiles.NewFile(), request.Aborted);
        var stored = lake.Commit(request.Uri, body.File, body.MD5, ObjectHeaders.Of(request.Http.Request), precondition);
        request.Response.Headers.ETag = $"\"{stored.ETag}\"";
    }

    public async Task GetAsync(S3Request request)
    {
        Authorize(request);
        RequireBucket(request);
        using var opened = lake.Open(request.Uri) ?? throw new AwsException("NoSuchKey", "The specified key does not exist.", 404);
        var found = opened.Object;
        var response = request.Response;
        response.Headers.ETag = $"\"{found.ETag}\"";
        response.Headers.LastModified = found.LastModified.ToString("r", CultureInfo.InvariantCulture);
        Preconditions.CheckRead(request, found);
        ObjectHeaders.Write(response, found.Headers);
        OverrideHeaders(request);
        response.Headers.AcceptRanges = "bytes";
        var range = ByteRange.Of(request.Header("Range"), found.Size);
        response.ContentLength = range?.Length ?? found.Size;
        if (range is { } part)
        {
            response.StatusCode = 206;
            response.Headers.ContentRange = $"bytes {part.Start}-{part.End}/{found.Size}";
            opened.Content.Position = part.Start;
        }
        if (request.Method == "GET")
        {
            await CopyAsync(opened.Content, response.Body, response.ContentLength.Value, request.Aborted);
        }
    }

    public Task DeleteAsync(S3Request request)
    {
        policy.RequireWrite(request);
        RequireBucket(request);
        lake.Delete(request.Uri, Preconditions.ForWrite(request));
        request.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private void Authorize(S3Request request)
    {
        if (!policy.MayUseObject(request.Principal, request.Bucket, request.Key))
        {
            throw new AwsException("AccessDenied", "Access Denied", 403);
        }
    }

    private void RequireBucket(S3Request request)
    {
        if (!lake.HasBucket(request.Bucket))
        {
            throw new AwsException("NoSuchBucket", "The specified bucket does not exist", 404);
        }
    }

    private static void OverrideHeaders(S3Request request)
    {
        const string Prefix = "response-";
        foreach (var parameter in request.Parameters.Where(p => p.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var value = request.Parameter(parameter)!;
            if (value.Any(char.IsControl))
            {
                throw new AwsException("InvalidArgument", $"{parameter} holds a control character");
            }

            request.Response.Headers[parameter[Prefix.Length..]] = value;
        }
    }

    private static async Task CopyAsync(FileStream source, Stream target, long count, CancellationToken cancellationToken)
    {
        var buffer = new byte[(int)Math.Clamp(count, 1, 128 * 1024)];
        while (count > 0)
        {
            var read = source.Read(buffer, 0, (int)Math.Min(count, buffer.Length));
            if (read == 0)
            {
                throw new EndOfStreamException("The file became shorter while it was read.");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            count -= read;
        }
    }
}

internal readonly record struct ByteRange(long Start, long End)
{
    public long Length => End - Start + 1;

    /// <summary>The range of a Range header; null if there is none or it is invalid, since S3 ignores an invalid one.</summary>
    /// <exception cref="AwsException">The range is outside the object.</exception>
    public static ByteRange? Of(string? header, long size)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.Ordinal) || header["bytes=".Length..].Split('-') is not [var first, var last])
        {
            return null;
        }

        var hasStart = long.TryParse(first, out var start);
        var hasEnd = long.TryParse(last, out var end);
        if (hasStart ? last.Length > 0 && (!hasEnd || end < start) : first.Length > 0 || !hasEnd)
        {
            return null;
        }

        var range = hasStart ? new ByteRange(start, hasEnd ? Math.Min(end, size - 1) : size - 1) : new ByteRange(Math.Max(0, size - end), size - 1);
        return range.Start < size && range.Length > 0 ? range : throw new AwsException("InvalidRange", "The requested range is not satisfiable", 416);
    }
}
