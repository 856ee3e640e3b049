using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.S3;

internal static class WriteAccess
{
    /// <exception cref="AwsException">The request's object is not the caller's to write or delete.</exception>
    public static void RequireWrite(this AccessPolicy policy, S3Request request)
    {
        if (!policy.MayWriteObject(request.Principal, request.Bucket, request.Key))
        {
            throw Refusal(policy, request, request.Key);
        }
    }

    /// <summary>Why <paramref name="key"/>, which the caller may not write, is refused.</summary>
    public static AwsException Refusal(AccessPolicy policy, S3Request request, string key) => new(
        "AccessDenied",
        policy.MayUseObject(request.Principal, request.Bucket, key) ? "Access Denied: what runs write is protected, and changed by the pipeline only." : "Access Denied",
        403);
}
