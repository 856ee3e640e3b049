using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>The files of the server's own page.</summary>
internal static class PageFiles
{
    private const string Prefix = "/page/";
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();
    private static readonly Assembly Home = typeof(PageFiles).Assembly;

    // The page loads nothing from elsewhere, runs no script of a document, and sits in nobody's frame.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Writes the file of a path; paths of none give the page itself.</summary>
    public static async Task WriteAsync(HttpContext context, string path)
    {
        var name = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : "index.html";
        await using var file = Home.GetManifestResourceStream($"page/{name}");
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        ContentTypes.TryGetContentType(name, out var type);
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // Another version of the server may listen here tomorrow.
        context.Response.Headers.CacheControl = "no-cache";
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
