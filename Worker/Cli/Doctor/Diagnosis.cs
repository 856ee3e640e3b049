using System.Net.Sockets;
using Amazon.Glue.Model;
using Amazon.Runtime;
using Polly.Timeout;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>What a failed check means and what to do, for errors that are independent of the check, such as expired credentials.</summary>
internal static class Diagnosis
{
    private const string Credentials = "Log in, or set AWS_PROFILE to a profile that works: the AWS SDK found no credentials, or they have expired.";

    private static readonly HashSet<string> UnusableCredentials = new(StringComparer.Ordinal)
    {
        "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch",
    };

    private static readonly HashSet<string> OtherRegion = new(StringComparer.Ordinal)
    {
        "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException",
    };

    /// <summary>The status of a check that an error ended.</summary>
    public static CheckStatus StatusOf(Exception error) => error switch
    {
        CheckNotTriedException => CheckStatus.NotTried,
        AmazonServiceException { ErrorCode: "NoSuchBucket" or nameof(EntityNotFoundException) } => CheckStatus.Missing,
        AmazonServiceException { ErrorCode: { Length: > 0 } code } when AwsErrorClassifier.IsPermissionCode(code) => CheckStatus.Refused,
        AmazonServiceException service when AwsErrorClassifier.IsThrottling(service) => CheckStatus.Throttled,
        AmazonServiceException { StatusCode: 0 } => CheckStatus.Unreachable,
        AmazonServiceException service when AwsErrorClassifier.IsTransient(service) => CheckStatus.ServiceError,
        AmazonServiceException => CheckStatus.Failed,
        HttpRequestException or SocketException or OperationCanceledException or TimeoutRejectedException or CommandException => CheckStatus.Unreachable,
        AmazonClientException client => AwsErrorClassifier.IsTransient(client) ? CheckStatus.Unreachable : CheckStatus.Refused,
        _ => CheckStatus.Failed,
    };

    /// <summary>The advice for an error, or the check's own.</summary>
    public static string? AdviceFor(Exception error, CheckStatus status, string own) => (status, error) switch
    {
        (CheckStatus.NotTried, _) => null,
        (_, CommandException { Advice: [var advice, ..] }) => advice,
        (_, AmazonServiceException { ErrorCode: { } code }) when UnusableCredentials.Contains(code) => Credentials,
        (_, AmazonServiceException { ErrorCode: { } code }) when OtherRegion.Contains(code) => "The bucket is in another region: set aws.region in temporal-dev.yaml, or AWS_REGION, to it.",
        (_, AmazonServiceException { ErrorCode: "NoSuchBucket" }) => "Create the bucket with deploy/lakehouse.yaml, or name another one in STEDI_BUCKET or aws.bucket.",
        (CheckStatus.Throttled, _) => "The account makes too many requests. Try again in a minute; runs wait for an hour.",
        (CheckStatus.ServiceError, AmazonServiceException { ErrorCode: { Length: > 0 } }) => "The service fails. Try again in a minute, and look at AWS's health dashboard.",
        (CheckStatus.ServiceError, _) => "The answer is not one of AWS: check AWS_ENDPOINT_URL, and the proxies on the way.",
        (CheckStatus.Unreachable, AmazonClientException or HttpRequestException or SocketException or OperationCanceledException or TimeoutRejectedException) =>
            "It cannot be reached: check the network, the region and AWS_ENDPOINT_URL.",
        (CheckStatus.Refused, AmazonClientException) => Credentials,
        _ => own,
    };
}
