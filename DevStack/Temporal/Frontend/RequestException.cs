using Grpc.Core;

namespace Stedi.DevStack.Temporal.Frontend;

/// <summary>A request that cannot be served, as the caller will see it.</summary>
/// <param name="code">The gRPC status.</param>
/// <param name="message">Read by people; clients branch on code and detail.</param>
/// <param name="detail">The one error detail of temporal.api.errordetails.v1, if the case has one.</param>
public sealed class RequestException(StatusCode code, string message, IMessage? detail = null) : Exception(message)
{
    public StatusCode Code => code;

    public IMessage? Detail => detail;

    /// <summary>The error as google.rpc.Status, with at most one detail: SDKs look at exactly one.</summary>
    public GrpcStatus ToStatus()
    {
        var status = new GrpcStatus { Code = (int)code, Message = Message };
        if (detail is not null)
        {
            status.Details.Add(Any.Pack(detail));
        }

        return status;
    }
}
