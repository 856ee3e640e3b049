using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Stedi.DevStack.Temporal.Frontend.Http;

/// <summary>Everything on the UI port: the JSON API, the settings of the official Web UI, and its files or our own page.</summary>
public sealed class UiSite(HttpApi api, Diagnostics diagnostics, TemporalServerOptions options)
{
    private const string PageResource = "page.html";
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    public async Task HandleAsync(HttpContext context)
    {
        if (!IsLocal(context.Request))
        {
            // A page of another site, or a name that points here: neither may act on somebody's workflows.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("This server answers requests to localhost only.");
            return;
        }

        var path = context.Request.Path.Value ?? "/";
        if (path == "/healthz")
        {
            await context.Response.WriteAsync("OK");
        }
        else if (path == "/diagnostics")
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(diagnostics.Json());
        }
        else if (path == "/api/v1/settings")
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(UiSettings.Json(options.Namespace));
        }
        else if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            await api.HandleAsync(context);
        }
        else
        {
            await ServeFileAsync(context, path);
        }
    }

    private static bool IsLocal(HttpRequest request)
    {
        var isLocalHost = request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
        var origin = request.Headers.Origin.ToString();
        return isLocalHost && (origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}");
    }

    private async Task ServeFileAsync(HttpContext context, string path)
    {
        if (options.UiAssetPath is not { } folder)
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await using var page = typeof(UiSite).Assembly.GetManifestResourceStream(PageResource)!;
            await page.CopyToAsync(context.Response.Body);
            return;
        }

        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var file = Path.GetFullPath(Path.Combine(root, path.TrimStart('/')));
        var isInside = file.StartsWith(root, StringComparison.Ordinal) && File.Exists(file);
        file = isInside ? file : Path.Combine(root, "index.html");
        context.Response.ContentType = ContentTypes.TryGetContentType(file, out var type) ? type : "application/octet-stream";
        await context.Response.SendFileAsync(file);
    }
}
