using Microsoft.AspNetCore.Http;

namespace Stedi.DevStack.Aws.Http;

/// <summary>
/// Refuses requests of web pages, which can reach 127.0.0.1 too: from another local port, from any site, or under a host name
/// of their own after DNS rebinding. Signatures are not verified here, so a page would have every permission.
/// </summary>
internal static class CallerCheck
{
    /// <summary>Why a request is refused, or null. Looks only at headers, so that nothing is read or changed before.</summary>
    /// <remarks>
    /// Browsers send <c>Origin</c> with all requests except plain GET and HEAD, and <c>Sec-Fetch-Site</c> with all requests; a
    /// page can change neither. <c>none</c> means that a person opened a URL, such as a presigned one; a page cannot send it.
    /// <c>Sec-Fetch-Mode</c> alone does not indicate a page, since Node's fetch sends it; nor does <c>Referer</c>, which a page
    /// can suppress and which HTTP libraries send after a redirect.
    /// </remarks>
    public static string? Refusal(HttpRequest request)
    {
        var host = request.Host.Host;
        if (!(host is "127.0.0.1" or "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)))
        {
            return "This endpoint answers requests to 127.0.0.1 and localhost only; the Host header names another host.";
        }

        var isPage = request.Headers.ContainsKey("Origin") || request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "none");
        return isPage ? "This endpoint does not answer web pages; the request has an Origin or Sec-Fetch-Site header." : null;
    }
}
