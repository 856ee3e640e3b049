using Microsoft.AspNetCore.Http;

namespace Stedi.DevStack.Aws.S3;

/// <summary>The headers that S3 stores with an object and returns: standard ones and <c>x-amz-meta-*</c>.</summary>
internal static class ObjectHeaders
{
    private const string UserMetadata = "x-amz-meta-";
    private static readonly string[] Stored = ["content-type", "content-encoding", "content-disposition", "content-language", "cache-control", "expires"];

    public static Dictionary<string, string> Of(HttpRequest request)
    {
        var headers = new Dictionary<string, string>();
        foreach (var name in Stored)
        {
            if (request.Headers[name].ToString() is { Length: > 0 } value)
            {
                headers[name] = value;
            }
        }
        foreach (var (name, value) in request.Headers)
        {
            if (name.StartsWith(UserMetadata, StringComparison.OrdinalIgnoreCase))
            {
                headers[name.ToLowerInvariant()] = value.ToString();
            }
        }
        WithoutTransferEncoding(headers);
        return headers;
    }

    public static void Write(HttpResponse response, IReadOnlyDictionary<string, string> headers)
    {
        response.ContentType = "binary/octet-stream";
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }
    }

    // aws-chunked describes the request and not the object.
    private static void WithoutTransferEncoding(Dictionary<string, string> headers)
    {
        if (!headers.TryGetValue("content-encoding", out var value))
        {
            return;
        }

        var rest = string.Join(",", value.Split(',', StringSplitOptions.TrimEntries).Where(e => e != "aws-chunked"));
        if (rest.Length > 0)
        {
            headers["content-encoding"] = rest;
        }
        else
        {
            headers.Remove("content-encoding");
        }
    }
}
