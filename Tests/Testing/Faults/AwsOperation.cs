using Microsoft.AspNetCore.Http;

namespace Stedi.Testing.Faults;

/// <summary>An AWS operation by the name of its IAM action, such as <c>glue:GetTable</c>, derived from the request.</summary>
internal sealed record AwsOperation(string Service, string Name)
{
    /// <summary>The request's path; for S3, bucket and key.</summary>
    public string Path { get; private init; } = "";

    public static AwsOperation Of(HttpRequest request)
    {
        var target = request.Headers["X-Amz-Target"].ToString().Split('.');
        return target[0] switch
        {
            "AWSGlue" => new("glue", target[1]),
            "AmazonAthena" => new("athena", target[1]),
            _ when request.Method == "POST" && request.Path == "/" && request.Query.Count == 0 => new("sts", "GetCallerIdentity"),
            _ => new("s3", S3Name(request)) { Path = request.Path },
        };
    }

    /// <param name="pattern">
    /// One operation, all of a service (<c>athena:*</c>), or all (<c>*</c>); optionally a blank and the end of the path.
    /// </param>
    public bool Matches(string pattern) =>
        pattern.Split(' ', 2) is [var name, .. var end] && (name == "*" || name == $"{Service}:*" || name == ToString()) && end.All(Path.EndsWith);

    public override string ToString() => $"{Service}:{Name}";

    private static string S3Name(HttpRequest request)
    {
        var ofObject = request.Path.Value!.Trim('/').Contains('/', StringComparison.Ordinal);
        var query = request.Query;
        return (request.Method, ofObject) switch
        {
            ("GET", true) => "GetObject",
            ("GET", false) when query.ContainsKey("list-type") => "ListObjectsV2",
            ("GET", false) when query.ContainsKey("location") => "GetBucketLocation",
            ("GET", false) => request.Path == "/" ? "ListBuckets" : "ListObjects",
            ("HEAD", true) => "HeadObject",
            ("HEAD", false) => "HeadBucket",
            ("PUT", true) when query.ContainsKey("partNumber") => "UploadPart",
            ("PUT", true) => request.Headers.ContainsKey("x-amz-copy-source") ? "CopyObject" : "PutObject",
            ("PUT", false) => "CreateBucket",
            ("POST", true) => query.ContainsKey("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload",
            ("POST", false) => "DeleteObjects",
            ("DELETE", true) => query.ContainsKey("uploadId") ? "AbortMultipartUpload" : "DeleteObject",
            _ => request.Method,
        };
    }
}
