using System.Text;
using System.Xml.Linq;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;
using static Stedi.DevStack.Aws.S3.S3Xml;

namespace Stedi.DevStack.Aws.S3;

/// <summary>ListObjects in both versions: one page of keys and common prefixes, in key order.</summary>
internal sealed class ListOperations(Lake lake, AccessPolicy policy)
{
    private const int MaxKeys = 1000;

    private sealed record Page(List<LakeFile> Files, List<string> CommonPrefixes, string? Last, bool IsTruncated);

    public Task ListV2Async(S3Request request)
    {
        var token = request.Parameter("continuation-token");
        var after = token is null ? request.Parameter("start-after") ?? "" : Decode(token);
        var (page, common) = Read(request, after);
        return WriteAsync(request.Response, Element("ListBucketResult", common,
            Element("KeyCount", page.Files.Count + page.CommonPrefixes.Count),
            token is null ? null : Element("ContinuationToken", token),
            request.Parameter("start-after") is { Length: > 0 } s ? Element("StartAfter", Name(request, s)) : null,
            page.IsTruncated ? Element("NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(page.Last!))) : null));
    }

    public Task ListV1Async(S3Request request)
    {
        var marker = request.Parameter("marker") ?? "";
        var (page, common) = Read(request, marker);
        return WriteAsync(request.Response, Element("ListBucketResult", common, Element("Marker", Name(request, marker)),
            page.IsTruncated ? Element("NextMarker", Name(request, page.Last!)) : null));
    }

    private (Page Page, List<XElement> Common) Read(S3Request request, string after)
    {
        if (!lake.HasBucket(request.Bucket))
        {
            throw new AwsException("NoSuchBucket", "The specified bucket does not exist", 404);
        }

        var prefix = request.Parameter("prefix") ?? "";
        if (!policy.MayUseObject(request.Principal, request.Bucket, prefix))
        {
            throw new AwsException("AccessDenied", "Access Denied", 403);
        }

        var delimiter = request.Parameter("delimiter") is { Length: > 0 } d ? d : null;
        var maxKeys = request.Number("max-keys", MaxKeys, 0, MaxKeys);
        var page = ReadPage(request, prefix, delimiter, after, maxKeys);
        List<XElement> elements =
        [
            Element("Name", request.Bucket), Element("Prefix", Name(request, prefix)), Element("MaxKeys", maxKeys),
            Element("IsTruncated", page.IsTruncated),
        ];
        if (delimiter is not null)
        {
            elements.Add(Element("Delimiter", Name(request, delimiter)));
        }

        if (request.Parameter("encoding-type") == "url")
        {
            elements.Add(Element("EncodingType", "url"));
        }

        elements.AddRange(lake.Describe(request.Bucket, page.Files).Select(o => Element("Contents", Element("Key", Name(request, o.Key)),
            Element("LastModified", Time(o.LastModified)), Element("ETag", $"\"{o.ETag}\""), Element("Size", o.Size), Element("StorageClass", "STANDARD"))));
        elements.AddRange(page.CommonPrefixes.Select(p => Element("CommonPrefixes", Element("Prefix", Name(request, p)))));
        return (page, elements);
    }

    private Page ReadPage(S3Request request, string prefix, string? delimiter, string after, int maxKeys)
    {
        var page = new Page([], [], null, false);
        if (maxKeys == 0)
        {
            return page;
        }

        var uri = new S3Uri(request.Bucket, prefix);
        var files = delimiter == "/" ? lake.FilesAndCommonPrefixes(uri, after) : lake.Files(uri, after);
        foreach (var file in files.Where(f => policy.MayUseObject(request.Principal, request.Bucket, f.Key)))
        {
            var end = delimiter is null ? -1 : file.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var common = end < 0 ? null : file.Key[..(end + delimiter!.Length)];
            if (common is not null && (string.CompareOrdinal(common, after) <= 0 || (page.CommonPrefixes.Count > 0 && page.CommonPrefixes[^1] == common)))
            {
                continue;
            }

            if (page.Files.Count + page.CommonPrefixes.Count == maxKeys)
            {
                return page with { IsTruncated = true };
            }

            if (common is null)
            {
                page.Files.Add(file);
            }
            else
            {
                page.CommonPrefixes.Add(common);
            }

            page = page with { Last = common ?? file.Key };
        }
        return page;
    }

    // XML cannot represent every character of a key, which is why encoding-type=url exists.
    private static string Name(S3Request request, string key) =>
        request.Parameter("encoding-type") == "url" ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : key;

    private static string Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw new AwsException("InvalidArgument", "The continuation token provided is incorrect");
        }
    }
}
