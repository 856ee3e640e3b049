using Microsoft.AspNetCore.Http;

namespace Stedi.DevStack.Aws.Http;

/// <summary>
/// Tells programs of this machine from web pages, which can reach 127.0.0.1 too: from another local port, from any site, or
/// under a host name of their own after DNS rebinding. No signature is verified here, so a page would have every right.
/// </summary>
internal static class CallerCheck
{
    /// <summary>Why a request is refused, or null. Only headers are looked at, so that nothing is read or changed before.</summary>
    /// <remarks>
    /// Browsers send <c>Origin</c> with everything but plain GET and HEAD, and <c>Sec-Fetch-Site</c> with everything; a page
    /// can change neither. <c>none</c> is a person who opens an address, such as a presigned one; no page can send that.
    /// <c>Sec-Fetch-Mode</c> by itself proves nothing, since Node's fetch sends it; nor does <c>Referer</c>, which a page can
    /// suppress and which HTTP libraries send after a redirect.
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
