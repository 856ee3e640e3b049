using System.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>Serves the gRPC services as JSON over HTTP, by the HTTP rules of their descriptors.</summary>
public sealed class HttpApi(OperationCatalog catalog, OperationInvoker invoker, HistoryDownload download, ServerLifetime lifetime)
{
    private static readonly MethodInfo InvokeMethod = typeof(HttpApi).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic)
        .Single(m => m.Name == nameof(InvokeAsync) && m.IsGenericMethod);
    private readonly HttpRoute[] _routes = [.. catalog.Operations.SelectMany(HttpRoute.Of).OrderByDescending(r => r.Literals)];

    /// <summary>Handles a request below /api/v1.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.Stopping);
            var call = new CallContext(linked.Token);
            if (context.Request.Method == "GET" && HistoryDownload.Matches(PathOf(context)))
            {
                await download.WriteAsync(context, PathOf(context), call);
                return;
            }

            await WriteAsync(context, StatusCodes.Status200OK, await InvokeAsync(context, call));
        }
        catch (RequestException failure)
        {
            await WriteAsync(context, HttpStatusOf(failure.Code), failure.ToStatus());
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task<IMessage> InvokeAsync(HttpContext context, CallContext call)
    {
        var (route, variables) = Find(context);
        var request = await ReadAsync(context, route);
        if (route.Body != "*")
        {
            foreach (var (name, values) in context.Request.Query)
            {
                MessageFields.Set(request, name, values.ToString());
            }
        }

        foreach (var (name, value) in variables)
        {
            MessageFields.Set(request, name, value);
        }

        var invoke = InvokeMethod.MakeGenericMethod(route.Operation.RequestType, route.Operation.ResponseType);
        return await (Task<IMessage>)invoke.Invoke(this, [request, call])!;
    }

    private (HttpRoute Route, IReadOnlyList<KeyValuePair<string, string>> Variables) Find(HttpContext context)
    {
        var path = PathOf(context);
        foreach (var route in _routes.Where(r => r.Method == context.Request.Method))
        {
            if (route.Match(path) is { } variables)
            {
                return (route, variables);
            }
        }

        throw RpcErrors.Unimplemented($"{context.Request.Method} /{string.Join('/', path)} is not supported by this server.");
    }

    // Kestrel unescapes Path partly; only the raw target distinguishes a slash in an id from one between segments.
    private static string[] PathOf(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].Trim('/').Split('/');

    private static async Task<IMessage> ReadAsync(HttpContext context, HttpRoute route)
    {
        var empty = () => (IMessage)Activator.CreateInstance(route.Operation.RequestType)!;
        if (route.Body.Length == 0)
        {
            return empty();
        }

        using var reader = new StreamReader(context.Request.Body);
        var json = await reader.ReadToEndAsync(context.RequestAborted);
        if (string.IsNullOrWhiteSpace(json))
        {
            return empty();
        }

        if (route.Body == "*")
        {
            return ProtocolJson.Parse(json, route.Operation.Method.InputType);
        }

        var request = empty();
        var field = request.Descriptor.FindFieldByName(route.Body);
        field.Accessor.SetValue(request, ProtocolJson.Parse(json, field.MessageType));
        return request;
    }

    private async Task<IMessage> InvokeAsync<TRequest, TResponse>(TRequest request, CallContext call)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        await invoker.InvokeAsync<TRequest, TResponse>(request, call);

    private static Task WriteAsync(HttpContext context, int status, IMessage message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(ProtocolJson.Format(message));
    }

    private static int HttpStatusOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => StatusCodes.Status400BadRequest,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.AlreadyExists or StatusCode.Aborted => StatusCodes.Status409Conflict,
        StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        StatusCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status500InternalServerError,
    };
}
