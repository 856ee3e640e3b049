using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.S3;

namespace Stedi.DevStack.Aws.Http;

/// <summary>Serves STS GetCallerIdentity, which people and programs call first to see who they are.</summary>
internal static class StsEndpoint
{
    private const string Account = "000000000000";
    private static readonly XNamespace Xmlns = "https://sts.amazonaws.com/doc/2011-06-15/";

    /// <summary>Whether a request is for STS. Its operations are forms posted to the root; S3 has no such operation.</summary>
    public static bool Handles(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path == "/" && !request.QueryString.HasValue && request.HasFormContentType;

    public static async Task HandleAsync(HttpContext context, AccessPolicy policy, string requestId)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var action = form["Action"].ToString();
        if (action == "GetCallerIdentity")
        {
            var user = policy.UserOf(Principal.Of(context.Request, null));
            await S3Xml.WriteAsync(context.Response, Response(action, requestId, new XElement(Xmlns + "Arn", $"arn:aws:iam::{Account}:user/{user}"), new XElement(Xmlns + "UserId", user), new XElement(Xmlns + "Account", Account)));
            return;
        }

        var error = new XElement(Xmlns + "Error", new XElement(Xmlns + "Type", "Sender"), new XElement(Xmlns + "Code", "InvalidAction"), new XElement(Xmlns + "Message", "The only STS operation of this endpoint is GetCallerIdentity."));
        await S3Xml.WriteAsync(context.Response, new XElement(Xmlns + "ErrorResponse", error, new XElement(Xmlns + "RequestId", requestId)), 400);
    }

    private static XElement Response(string action, string requestId, params XElement[] members) => new(
        Xmlns + $"{action}Response",
        new XElement(Xmlns + $"{action}Result", members),
        new XElement(Xmlns + "ResponseMetadata", new XElement(Xmlns + "RequestId", requestId)));
}
