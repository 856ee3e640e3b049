using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Rpc;

/// <summary>Runs operations and maps their exceptions to gRPC statuses.</summary>
public sealed partial class OperationInvoker(
    IServiceProvider services, ServerSettings settings, ServerLifetime lifetime, ILogger<OperationInvoker> logger)
{
    public async Task<TResponse> InvokeAsync<TRequest, TResponse>(TRequest request, ServerCallContext call)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, lifetime.Stopping);
        try
        {
            return await InvokeAsync<TRequest, TResponse>(request, ContextOf(call, linked.Token));
        }
        catch (RequestException failure)
        {
            var trailers = new Metadata { { "grpc-status-details-bin", failure.ToStatus().ToByteArray() } };
            throw new RpcException(new(failure.Code, failure.Message), trailers);
        }
        catch (OperationCanceledException) when (call.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.Cancelled, "The caller cancelled the call."));
        }
        catch (OperationCanceledException) when (lifetime.Stopping.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.Unavailable, "The server is stopping."));
        }
    }

    /// <summary>Runs an operation for a caller over any protocol.</summary>
    /// <exception cref="RequestException">The request cannot be served.</exception>
    public async Task<TResponse> InvokeAsync<TRequest, TResponse>(TRequest request, CallContext call)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        TimeValidation.Validate(request);
        try
        {
            RequestSizeLimits.Check(request, settings);
            return await services.GetRequiredService<IOperation<TRequest, TResponse>>().ExecuteAsync(request, call);
        }
        catch (Exception e) when (e is not (RequestException or OperationCanceledException))
        {
            // A defect of this server: log it and answer INTERNAL, so that other calls are not affected.
            LogDefect(e, typeof(TRequest).Name);
            throw new RequestException(StatusCode.Internal, $"{typeof(TRequest).Name} failed: {e.Message}");
        }
    }

    private static CallContext ContextOf(ServerCallContext call, CancellationToken cancellation)
    {
        TimeSpan? remaining = call.Deadline == DateTime.MaxValue ? null : call.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime;
        return new(cancellation, remaining, call.RequestHeaders.GetValue("client-name") ?? "", call.RequestHeaders.GetValue("client-version") ?? "");
    }

    [LoggerMessage(2, LogLevel.Error, "{Request} failed")]
    private partial void LogDefect(Exception exception, string request);
}

/// <summary>Signals to everything that waits that the server is stopping.</summary>
public sealed class ServerLifetime : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken Stopping => _stopping.Token;

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();
}
