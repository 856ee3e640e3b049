using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Stedi.DevStack.Temporal.Rpc;

/// <summary>Binds a service's operations to gRPC from its descriptor, so that no server stubs have to be generated.</summary>
public sealed class OperationBinder<TService>(OperationCatalog catalog, OperationInvoker invoker) : IServiceMethodProvider<TService>
    where TService : ServiceEndpoint, new()
{
    // The limit of official servers. The SDK's core stops retrying only if the message has exactly the text below.
    private const int LargestRequest = 4 * 1024 * 1024;

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        var service = new TService().Descriptor;
        foreach (var operation in catalog.Operations.Where(o => o.Method.Service.FullName == service.FullName))
        {
            typeof(OperationBinder<TService>)
                .GetMethod(nameof(Bind), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
                .MakeGenericMethod(operation.RequestType, operation.ResponseType)
                .Invoke(this, [context, operation.Method]);
        }
    }

    private void Bind<TRequest, TResponse>(ServiceMethodProviderContext<TService> context, MethodDescriptor descriptor)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var method = new Method<TRequest, TResponse>(
            MethodType.Unary, descriptor.Service.FullName, descriptor.Name, MarshallerOf<TRequest>(), MarshallerOf<TResponse>());
        context.AddUnaryMethod(method, [], (_, request, call) => invoker.InvokeAsync<TRequest, TResponse>(request, call));
    }

    private static Marshaller<T> MarshallerOf<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return new(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => context.PayloadLength <= LargestRequest
                ? Parse(parser, context)
                : throw new RpcException(new(
                    StatusCode.ResourceExhausted,
                    $"grpc: received message larger than max ({context.PayloadLength} vs. {LargestRequest})")));
    }

    private static T Parse<T>(MessageParser<T> parser, DeserializationContext context)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(context.PayloadAsReadOnlySequence());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(new(StatusCode.InvalidArgument, $"The request is not a valid {typeof(T).Name}: {e.Message}"));
        }
    }
}

/// <summary>A service that gRPC routes to; its methods are bound from its descriptor.</summary>
public abstract class ServiceEndpoint
{
    public abstract ServiceDescriptor Descriptor { get; }
}

/// <summary>temporal.api.workflowservice.v1.WorkflowService.</summary>
public sealed class WorkflowServiceEndpoint : ServiceEndpoint
{
    public override ServiceDescriptor Descriptor => OperationCatalog.Services[0];
}

/// <summary>temporal.api.operatorservice.v1.OperatorService.</summary>
public sealed class OperatorServiceEndpoint : ServiceEndpoint
{
    public override ServiceDescriptor Descriptor => OperationCatalog.Services[1];
}

/// <summary>temporal.api.testservice.v1.TestService.</summary>
public sealed class TestServiceEndpoint : ServiceEndpoint
{
    public override ServiceDescriptor Descriptor => OperationCatalog.Services[2];
}
