using System.Security.Cryptography;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;
using static Stedi.DevStack.Aws.S3.S3Xml;

namespace Stedi.DevStack.Aws.S3;

internal sealed class MultipartOperations(Lake lake, Uploads uploads, CopyObjectOperation copies, TimeProvider time)
{
    private const int MaxParts = 10_000;
    private const long MinPartSize = 5 << 20;

    public Task CreateAsync(S3Request request)
    {
        copies.AuthorizeTarget(request);
        var upload = uploads.Create(request.Uri, ObjectHeaders.Of(request.Http.Request), time.GetUtcNow());
        return WriteAsync(request.Response, Element("InitiateMultipartUploadResult",
            Element("Bucket", upload.Bucket), Element("Key", upload.Key), Element("UploadId", upload.Id)));
    }

    public async Task PutPartAsync(S3Request request)
    {
        var upload = Find(request);
        var number = request.Number("partNumber", 0, 1, int.MaxValue);
        if (number is < 1 or > MaxParts)
        {
            throw new AwsException("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
        }

        if (request.Header("x-amz-copy-source") is not null)
        {
            await CopyPartAsync(request, upload, number);
            return;
        }
        using var body = await ReceivedBody.ReceiveAsync(request.Http.Request, lake.TempFiles.NewFile(), request.Aborted);
        uploads.AddPart(upload, new UploadPart(number, body.Size, body.MD5), body.File);
        request.Response.Headers.ETag = $"\"{body.MD5}\"";
    }

    public async Task CompleteAsync(S3Request request)
    {
        var upload = Find(request);
        var precondition = Preconditions.ForWrite(request);
        var document = await ReadAsync(request.Http.Request, request.Aborted);
        var parts = Selected(document, uploads.Parts(upload));
        var file = lake.TempFiles.NewFile();
        try
        {
            var etag = await uploads.JoinAsync(upload, parts, file, request.Aborted);
            lake.Commit(upload.Uri, file, etag, upload.Headers, precondition);
            uploads.Remove(upload);
            await WriteAsync(request.Response, Element("CompleteMultipartUploadResult", Element("Location", $"http://{request.Http.Request.Host}/{upload.Bucket}/{Uri.EscapeDataString(upload.Key)}"),
                Element("Bucket", upload.Bucket), Element("Key", upload.Key), Element("ETag", $"\"{etag}\"")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    public Task AbortAsync(S3Request request)
    {
        uploads.Remove(Find(request));
        request.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    public Task ListPartsAsync(S3Request request)
    {
        var upload = Find(request);
        return WriteAsync(request.Response, Element("ListPartsResult", Element("Bucket", upload.Bucket), Element("Key", upload.Key), Element("UploadId", upload.Id),
            Element("MaxParts", MaxParts), Element("IsTruncated", false),
            uploads.Parts(upload).Select(p => Element("Part", Element("PartNumber", p.Number), Element("ETag", $"\"{p.ETag}\""), Element("Size", p.Size)))));
    }

    public Task ListAsync(S3Request request)
    {
        if (!lake.HasBucket(request.Bucket))
        {
            throw new AwsException("NoSuchBucket", "The specified bucket does not exist", 404);
        }

        var prefix = request.Parameter("prefix") ?? "";
        return WriteAsync(request.Response, Element("ListMultipartUploadsResult", Element("Bucket", request.Bucket), Element("Prefix", prefix), Element("IsTruncated", false),
            uploads.InBucket(request.Bucket).Where(u => u.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(u => Element("Upload", Element("Key", u.Key), Element("UploadId", u.Id), Element("Initiated", Time(u.Initiated))))));
    }

    private async Task CopyPartAsync(S3Request request, Upload upload, int number)
    {
        var source = CopyObjectOperation.Source(request);
        copies.Authorize(request, source);
        using var opened = lake.Open(source) ?? throw new AwsException("NoSuchKey", "The specified key does not exist.", 404);
        var range = ByteRange.Of(request.Header("x-amz-copy-source-range"), opened.Object.Size) ?? new ByteRange(0, opened.Object.Size - 1);
        var file = lake.TempFiles.NewFile();
        var part = await PartCopier.WriteAsync(opened.Content, range, file, number, request.Aborted);
        uploads.AddPart(upload, part, file);
        await WriteAsync(request.Response, Element("CopyPartResult", Element("LastModified", Time(time.GetUtcNow())), Element("ETag", $"\"{part.ETag}\"")));
    }

    private Upload Find(S3Request request)
    {
        copies.AuthorizeTarget(request);
        return uploads.Find(request.Uri, request.Parameter("uploadId")!) ?? throw new AwsException("NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", 404);
    }

    private static List<UploadPart> Selected(System.Xml.Linq.XElement document, List<UploadPart> stored)
    {
        var byNumber = stored.ToDictionary(p => p.Number);
        var parts = new List<UploadPart>();
        foreach (var element in document.Children("Part"))
        {
            if (!int.TryParse(element.Text("PartNumber"), out var number) || !byNumber.TryGetValue(number, out var part) || element.Text("ETag")?.Trim('"', ' ') != part.ETag)
            {
                throw new AwsException("InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");
            }

            if (parts.Count > 0 && parts[^1].Number >= number)
            {
                throw new AwsException("InvalidPartOrder", "The list of parts was not in ascending order. The parts list must be specified in order by part number.");
            }

            parts.Add(part);
        }
        if (parts.Count == 0)
        {
            throw new AwsException("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
        }

        if (parts.SkipLast(1).Any(p => p.Size < MinPartSize))
        {
            throw new AwsException("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        }

        return parts;
    }
}

internal static class PartCopier
{
    /// <summary>Copies a range of an object into a file, for UploadPartCopy.</summary>
    public static async Task<UploadPart> WriteAsync(FileStream source, ByteRange range, string file, int number, CancellationToken cancellationToken)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        await using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 17, useAsync: true);
        source.Position = range.Start;
        var buffer = new byte[128 * 1024];
        for (var left = range.Length; left > 0;)
        {
            var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
            if (read == 0)
            {
                break;
            }

            md5.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
        target.Flush(flushToDisk: true);
        return new UploadPart(number, range.Length, Convert.ToHexStringLower(md5.GetHashAndReset()));
    }
}
