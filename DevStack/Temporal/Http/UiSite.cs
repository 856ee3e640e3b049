using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>Options of the UI port.</summary>
/// <param name="DefaultNamespace">The namespace that a user interface opens first.</param>
/// <param name="AssetPath">A folder with a build of the Temporal Web UI to serve instead of the server's own page, or <c>null</c>.</param>
/// <param name="PageGraphs">Graphs that the server's own page shows in addition to workflows and schedules.</param>
/// <param name="TimeSkipping">Whether the server skips time.</param>
public sealed record UiOptions(string DefaultNamespace, string? AssetPath, IReadOnlyList<PageGraph> PageGraphs, bool TimeSkipping);

/// <summary>Serves the UI port: the JSON API, the extra endpoints of the official Web UI, and either its files or our own page.</summary>
public sealed class UiSite(HttpApi api, PageGraphs graphs, Diagnostics diagnostics, UiOptions options)
{
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    public async Task HandleAsync(HttpContext context)
    {
        if (!IsLocal(context.Request))
        {
            // Reject pages of other sites and DNS names that resolve to 127.0.0.1, so that they can neither read nor change workflows.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("This server answers requests to localhost only.");
            return;
        }

        var path = context.Request.Path.Value ?? "/";
        await (path switch
        {
            "/healthz" => context.Response.WriteAsync("OK"),
            "/render" => RenderedText.WriteAsync(context),
            "/diagnostics" => WriteJsonAsync(context, diagnostics.Json()),
            "/api/v1/settings" => WriteJsonAsync(context, UiSettings.Json(options.DefaultNamespace)),
            _ when path.StartsWith("/api/", StringComparison.Ordinal) => api.HandleAsync(context),
            _ when options.AssetPath is { } folder => ServeBuildAsync(context, folder, path),
            _ when path.StartsWith(PageGraphs.Path, StringComparison.Ordinal) => graphs.WriteAsync(context, path),
            _ => PageFiles.WriteAsync(context, path),
        });
    }

    private static bool IsLocal(HttpRequest request)
    {
        var isLocalHost = request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
        var origin = request.Headers.Origin.ToString();
        return isLocalHost && (origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}");
    }

    private static Task WriteJsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    private static async Task ServeBuildAsync(HttpContext context, string folder, string path)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var file = Path.GetFullPath(Path.Combine(root, path.TrimStart('/')));
        var isInside = file.StartsWith(root, StringComparison.Ordinal) && File.Exists(file);
        file = isInside ? file : Path.Combine(root, "index.html");
        context.Response.ContentType = ContentTypes.TryGetContentType(file, out var type) ? type : "application/octet-stream";
        await context.Response.SendFileAsync(file);
    }
}
