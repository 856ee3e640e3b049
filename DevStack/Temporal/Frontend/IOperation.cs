namespace Stedi.DevStack.Temporal.Frontend;

/// <summary>One RPC. The message types say which: every method of the services has its own.</summary>
public interface IOperation<in TRequest, TResponse>
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    Task<TResponse> ExecuteAsync(TRequest request, CallContext call);
}
