using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>Serves the embedded files of the server's own page.</summary>
internal static class PageFiles
{
    private const string Prefix = "/page/";
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();
    private static readonly Assembly Resources = typeof(PageFiles).Assembly;

    // The page loads nothing from other origins, runs no inline scripts, and cannot be framed.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Writes the file of a path below /page/; any other path gets index.html.</summary>
    public static async Task WriteAsync(HttpContext context, string path)
    {
        var name = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : "index.html";
        await using var file = Resources.GetManifestResourceStream($"page/{name}");
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        ContentTypes.TryGetContentType(name, out var type);
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // Another version of the server may use this port later.
        context.Response.Headers.CacheControl = "no-cache";
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
