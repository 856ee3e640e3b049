using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stedi.DevStack.Aws.Diagnostics;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.S3;

namespace Stedi.DevStack.Aws.Http;

/// <summary>Routes requests to services: an <c>X-Amz-Target</c> header is for Glue or Athena, a posted form for STS, anything else for S3.</summary>
internal sealed class RequestRouter(S3Endpoint s3, IReadOnlyDictionary<string, AwsJsonEndpoint> services, AccessPolicy policy, ILogger logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString();
        try
        {
            UnreadBody.CloseConnectionAfter(context);
            if (CallerCheck.Refusal(context.Request) is { } why)
            {
                await S3Xml.WriteErrorAsync(context.Response, new AwsException("AccessDenied", why, 403), "/", requestId);
            }
            else if (context.Request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
            {
                await HandleJsonAsync(context, target, requestId);
            }
            else if (StsEndpoint.Handles(context.Request))
            {
                await StsEndpoint.HandleAsync(context, policy, requestId);
            }
            else
            {
                await s3.HandleAsync(context, requestId);
            }
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested || e is BadHttpRequestException)
        {
            if (!context.Response.HasStarted && e is BadHttpRequestException bad)
            {
                context.Response.StatusCode = bad.StatusCode;
            }
        }
        catch (Exception e)
        {
            Log.RequestFailed(logger, e, context.Request.Method, requestId);
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = 500;
            }
            else
            {
                context.Abort();
            }
        }
    }

    private Task HandleJsonAsync(HttpContext context, string target, string requestId)
    {
        var parts = target.Split('.', 2);
        return services.TryGetValue(parts[0], out var service) && parts.Length == 2
            ? service.HandleAsync(context, parts[1], requestId)
            : AwsJsonEndpoint.WriteErrorAsync(context.Response, new AwsException("UnknownOperationException", $"The operation '{target}' is not known."), requestId);
    }
}
