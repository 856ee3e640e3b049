using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Stedi.DevStack.Temporal.Rpc;

/// <summary>The service grpc.health.v1.Health; it has no methods of its own.</summary>
public sealed class HealthEndpoint;

/// <summary>Binds Health/Check, which answers SERVING. Its messages are read and written as bytes.</summary>
public sealed class HealthBinder : IServiceMethodProvider<HealthEndpoint>
{
    // HealthCheckResponse { status: SERVING }
    private static readonly byte[] Serving = [0x08, 0x01];

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<HealthEndpoint> context)
    {
        var bytes = Marshallers.Create<byte[]>(value => value, value => value);
        var check = new Method<byte[], byte[]>(MethodType.Unary, "grpc.health.v1.Health", "Check", bytes, bytes);
        context.AddUnaryMethod(check, [], (_, request, _) => Check(request));
    }

    private static Task<byte[]> Check(byte[] request)
    {
        // HealthCheckRequest { service: string } has a single field: tag, length, text.
        var service = request.Length > 2 ? System.Text.Encoding.UTF8.GetString(request.AsSpan(2)) : "";
        return service.Length == 0 || OperationCatalog.Services.Any(s => s.FullName == service)
            ? Task.FromResult(Serving)
            : throw new RpcException(new(StatusCode.NotFound, $"unknown service {service}"));
    }
}
