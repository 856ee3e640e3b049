using System.Net.Sockets;
using Amazon.Runtime;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>What to do about errors that are independent of the check, such as expired credentials.</summary>
internal static class Remedies
{
    private const string Credentials = "Log in, or set AWS_PROFILE to a profile that works: the AWS SDK found no credentials, or they have expired.";

    /// <summary>The remedy for the error, or the check's own.</summary>
    public static string For(Exception error, string own) => error switch
    {
        CheckFailedException { InnerException: { } cause } => For(cause, own),
        CommandException { Advice: [var advice, ..] } => advice,
        AmazonServiceException { ErrorCode: "ExpiredToken" or "ExpiredTokenException" or "InvalidClientTokenId" or "UnrecognizedClientException" or "InvalidAccessKeyId" or "SignatureDoesNotMatch" } => Credentials,
        AmazonServiceException { ErrorCode: "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" } => "The bucket is in another region: set aws.region in temporal-dev.yaml, or AWS_REGION, to it.",
        AmazonServiceException { ErrorCode: "NoSuchBucket" } => "Create the bucket with deploy/lakehouse.yaml, or name another one in STEDI_BUCKET or aws.bucket.",
        AmazonServiceException { StatusCode: 0 } or HttpRequestException or SocketException or OperationCanceledException =>
            "It cannot be reached: check the network, the region and AWS_ENDPOINT_URL.",
        AmazonClientException => Credentials,
        _ => own,
    };
}
