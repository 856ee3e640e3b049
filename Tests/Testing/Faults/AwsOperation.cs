using Microsoft.AspNetCore.Http;

namespace Stedi.Testing.Faults;

/// <summary>An operation of AWS as IAM names its action, such as <c>glue:GetTable</c>, told from the request.</summary>
internal sealed record AwsOperation(string Service, string Name)
{
    public bool IsS3 => Service == "s3";

    /// <summary>The request's path: of S3 the bucket and the key.</summary>
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
    /// One operation, or all of a service: <c>athena:*</c>, or everything: <c>*</c>. After a blank, how the path must end.
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
