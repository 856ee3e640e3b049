using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.S3;

internal static class WriteAccess
{
    /// <exception cref="AwsException">The caller may not write or delete the request's object.</exception>
    public static void RequireWrite(this AccessPolicy policy, S3Request request)
    {
        if (!policy.MayWriteObject(request.Principal, request.Bucket, request.Key))
        {
            throw Refusal(policy, request, request.Key);
        }
    }

    /// <summary>The error for a caller that may not write <paramref name="key"/>.</summary>
    public static AwsException Refusal(AccessPolicy policy, S3Request request, string key) => new(
        "AccessDenied",
        policy.MayUseObject(request.Principal, request.Bucket, key) ? "Access Denied: only the pipeline may change what its runs write." : "Access Denied",
        403);
}
