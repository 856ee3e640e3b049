using Microsoft.AspNetCore.Http;
using Stedi.DevStack.Aws.Http;

namespace Stedi.DevStack.Aws.S3;

/// <summary>Tells plain bodies from aws-chunked ones, as <c>x-amz-content-sha256</c> and Content-Encoding announce them.</summary>
internal static class BodyEncoding
{
    public static Stream Open(HttpRequest request) =>
        IsChunked(request) ? new AwsChunkedStream(request.Body) : request.Body;

    static bool IsChunked(HttpRequest request) =>
        request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal) ||
        request.Headers.ContentEncoding.ToString().Contains("aws-chunked", StringComparison.OrdinalIgnoreCase);
}
