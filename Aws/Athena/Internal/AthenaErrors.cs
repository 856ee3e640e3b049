using Amazon.Athena.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Stedi.Aws.Runtime;

namespace Amazon.Athena.Internal;

/// <summary>How each declared error of the service is made from what came over the wire.</summary>
internal static class AthenaErrors
{
    public static readonly ModelledError InternalServer = new(nameof(InternalServerException), (e, extra) =>
        new InternalServerException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError InvalidRequest = new(nameof(InvalidRequestException), (e, extra) =>
        new InvalidRequestException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { AthenaErrorCode = extra.Text("AthenaErrorCode") });

    public static readonly ModelledError Metadata = new(nameof(MetadataException), (e, extra) =>
        new MetadataException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError TooManyRequests = new(nameof(TooManyRequestsException), (e, extra) =>
        new TooManyRequestsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { Reason = extra.Text("Reason") });

    /// <summary>The error of an operation that does not declare it.</summary>
    public static AmazonServiceException Undeclared(ErrorResponse e) =>
        new AmazonAthenaException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode);
}
