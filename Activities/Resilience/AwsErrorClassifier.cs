using System.Net;
using Amazon.Runtime;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Resilience;

/// <summary>
/// Tells what passes from what stays. Decided by error code: the SDKs type an error only on operations that model it,
/// and none of ours models throttling.
/// </summary>
public static class AwsErrorClassifier
{
    private static readonly HashSet<string> Throttling = new(StringComparer.Ordinal)
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
    };

    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "RequestTimeout", "RequestTimeoutException", "OperationTimeoutException", "InternalServerException",
        "InternalServiceException", "InternalError", "InternalFailure", "ServiceUnavailable", "ServiceUnavailableException",
        "RequestTimeTooSkewed",
    };

    private static readonly HashSet<string> Permission = new(StringComparer.Ordinal)
    {
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized", "ExpiredToken",
        "ExpiredTokenException", "InvalidAccessKeyId", "InvalidClientTokenId", "SignatureDoesNotMatch",
        "UnrecognizedClientException", "MissingAuthenticationToken", "AllAccessDisabled",
    };

    private static readonly HashSet<string> Missing = new(StringComparer.Ordinal) { "NoSuchBucket" };

    // What callers of the wrapped clients look at themselves.
    private static readonly HashSet<string> Expected = new(StringComparer.Ordinal)
    {
        "EntityNotFoundException", "AlreadyExistsException", "ConcurrentModificationException", "CrawlerRunningException",
        "CrawlerNotRunningException", "CrawlerStoppingException", "VersionMismatchException", "PreconditionFailed",
        "ConditionalRequestConflict", "NoSuchKey", "NotFound", "InvalidRequestException",
    };

    /// <summary>Whether a second try, a moment later, may well succeed.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        AmazonServiceException e when Permission.Contains(e.ErrorCode ?? "") => false,
        // An error without a code broke off on its way, or comes from something that is not AWS.
        AmazonServiceException { ErrorCode: null or "" } => true,
        AmazonServiceException e => IsThrottling(e) || Passing.Contains(e.ErrorCode ?? "") || (int)e.StatusCode >= 500 || IsTransport(e.InnerException),
        AmazonClientException e => IsTransport(e.InnerException),
        _ => IsTransport(exception),
    };

    /// <summary>Whether AWS asks to come back later.</summary>
    public static bool IsThrottling(AmazonServiceException exception) =>
        Throttling.Contains(exception.ErrorCode ?? "") || exception.StatusCode == HttpStatusCode.TooManyRequests;

    /// <summary>The failure that ends the step for good, or null where the caller or a retry should decide.</summary>
    public static ApplicationFailureException? ToPermanentFailure(Exception exception, string operation) => exception switch
    {
        AmazonServiceException e when Permission.Contains(e.ErrorCode ?? "") => Failure(
            FailureTypes.MissingPermission,
            $"AWS refuses {operation} ({e.ErrorCode}). Check that the worker's credentials are valid and its role allows this action; `stedi doctor` tells which permission is missing."),
        AmazonServiceException e when Missing.Contains(e.ErrorCode ?? "") => Failure(
            FailureTypes.MissingResource,
            $"{operation} found no such bucket. Create it, or name another in temporal-dev.yaml or STEDI_BUCKET."),
        AmazonServiceException e when IsTransient(e) || Expected.Contains(e.ErrorCode ?? "") => null,
        AmazonServiceException e when (int)e.StatusCode is >= 400 and < 500 => Failure(
            FailureTypes.RejectedRequest, $"AWS rejects {operation} ({e.ErrorCode ?? e.StatusCode.ToString()}, request {e.RequestId})."),
        AmazonClientException e when !IsTransient(e) => Failure(
            FailureTypes.MissingPermission,
            $"No usable AWS credentials or endpoint were found for {operation}. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_REGION."),
        _ => null,
    };

    // The SDK's own message and exception are left out: they may quote what was sent.
    private static ApplicationFailureException Failure(string type, string message) => new(message, type, nonRetryable: true);

    private static bool IsTransport(Exception? exception) => exception is HttpRequestException or IOException or TimeoutException or WebException;
}
