using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stedi.DevStack.Aws.S3;

namespace Stedi.DevStack.Aws.Http;

/// <summary>One port for all services: an <c>X-Amz-Target</c> header names Glue's and Athena's operations, a posted form STS's, all else is S3.</summary>
internal sealed class RequestRouter(S3Endpoint s3, IReadOnlyDictionary<string, JsonService> services, ILogger logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString();
        try
        {
            if (!IsFromThisMachine(context.Request))
                context.Response.StatusCode = 403;
            else if (context.Request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
                await HandleJsonAsync(context, target, requestId);
            else if (IdentityEndpoint.Owns(context.Request))
                await IdentityEndpoint.HandleAsync(context, requestId);
            else
                await s3.HandleAsync(context, requestId);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested || e is BadHttpRequestException)
        {
            if (!context.Response.HasStarted && e is BadHttpRequestException bad)
                context.Response.StatusCode = bad.StatusCode;
        }
        catch (Exception e)
        {
            Log.RequestFailed(logger, e, context.Request.Method, requestId);
            if (!context.Response.HasStarted)
                context.Response.StatusCode = 500;
            else
                context.Abort();
        }
    }

    Task HandleJsonAsync(HttpContext context, string target, string requestId)
    {
        var parts = target.Split('.', 2);
        return services.TryGetValue(parts[0], out var service) && parts.Length == 2
            ? service.HandleAsync(context, parts[1], requestId)
            : JsonService.RefuseAsync(context.Response, new AwsException("UnknownOperationException", $"The operation '{target}' is not known."), requestId);
    }

    // A page in a browser can reach 127.0.0.1, under its own host name after DNS rebinding; no AWS client is such a page.
    static bool IsFromThisMachine(HttpRequest request)
    {
        var host = request.Host.Host;
        var isLocal = host is "127.0.0.1" or "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal);
        return isLocal && request.Headers["Sec-Fetch-Site"].ToString() is not "cross-site";
    }
}
