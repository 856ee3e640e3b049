using System.Net;
using Amazon.Runtime;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Resilience;

/// <summary>
/// Classifies AWS errors as transient or permanent. It uses error codes, because the SDKs throw typed exceptions only for errors
/// that an operation models, and these operations do not model throttling.
/// </summary>
public static class AwsErrorClassifier
{
    private static readonly HashSet<string> Throttling = new(StringComparer.Ordinal)
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
    };

    private static readonly HashSet<string> Transient = new(StringComparer.Ordinal)
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

    // Errors that callers handle themselves.
    private static readonly HashSet<string> Expected = new(StringComparer.Ordinal)
    {
        "EntityNotFoundException", "AlreadyExistsException", "ConcurrentModificationException", "CrawlerRunningException",
        "CrawlerNotRunningException", "CrawlerStoppingException", "VersionMismatchException", "PreconditionFailed",
        "ConditionalRequestConflict", "NoSuchKey", "NotFound", "InvalidRequestException",
    };

    /// <summary>Whether a retry a moment later may succeed.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        AmazonServiceException e when IsPermissionCode(e.ErrorCode ?? "") => false,
        // A response without an error code was incomplete, or does not come from AWS but from a proxy.
        AmazonServiceException { ErrorCode: null or "" } => true,
        AmazonServiceException e => IsThrottling(e) || Transient.Contains(e.ErrorCode ?? "") || (int)e.StatusCode >= 500 || IsTransport(e.InnerException),
        AmazonClientException e => IsTransport(e.InnerException),
        _ => IsTransport(exception),
    };

    /// <summary>Whether an error code names throttling or an error of the service.</summary>
    public static bool IsTransientCode(string code) => Throttling.Contains(code) || Transient.Contains(code);

    /// <summary>Whether an error code says that credentials are unusable or lack a permission.</summary>
    public static bool IsPermissionCode(string code) => Permission.Contains(code);

    /// <summary>Whether AWS throttled the call.</summary>
    public static bool IsThrottling(AmazonServiceException exception) =>
        Throttling.Contains(exception.ErrorCode ?? "") || exception.StatusCode == HttpStatusCode.TooManyRequests;

    /// <summary>Returns the failure for an answer that is no error of AWS, or null. A retry may get another answer.</summary>
    public static ApplicationFailureException? ToOddAnswerFailure(Exception exception, string operation) =>
        exception is AmazonServiceException { StatusCode: not 0 } e && string.IsNullOrEmpty(e.ErrorCode)
            ? new($"The answer to {operation} is not one of AWS (HTTP status {(int)e.StatusCode}). Check AWS_ENDPOINT_URL, and the proxies between the worker and AWS.", "OddAnswer")
            : null;

    /// <summary>Returns the non-retryable failure for a permanent error, or null if the caller or a retry should handle it.</summary>
    public static ApplicationFailureException? ToPermanentFailure(Exception exception, string operation) => exception switch
    {
        AmazonServiceException e when IsPermissionCode(e.ErrorCode ?? "") => Failure(
            FailureTypes.MissingPermission,
            $"AWS denied {operation} ({e.ErrorCode}, request {e.RequestId}): {e.Message.TrimEnd('.')}. Check that the worker's credentials are valid and its role allows this action; `stedi doctor` shows which permission is missing.",
            e),
        AmazonServiceException e when Missing.Contains(e.ErrorCode ?? "") => Failure(
            FailureTypes.MissingResource,
            $"The bucket of {operation} does not exist. Create it, or set another one in temporal-dev.yaml or STEDI_BUCKET."),
        AmazonServiceException e when IsTransient(e) || Expected.Contains(e.ErrorCode ?? "") => null,
        AmazonServiceException e when (int)e.StatusCode is >= 400 and < 500 => Failure(
            FailureTypes.RejectedRequest, $"AWS rejected {operation} ({e.ErrorCode ?? e.StatusCode.ToString()}, request {e.RequestId})."),
        AmazonClientException e when !IsTransient(e) => Failure(
            FailureTypes.MissingPermission,
            $"No usable AWS credentials or endpoint were found for {operation}. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_REGION."),
        _ => null,
    };

    // Messages of other errors than denials may quote data. The exception is for the worker's log; failures do not contain it.
    private static ApplicationFailureException Failure(string type, string message, Exception? exception = null) => new(message, exception, type, nonRetryable: true);

    private static bool IsTransport(Exception? exception) => exception is HttpRequestException or IOException or TimeoutException or WebException;
}
