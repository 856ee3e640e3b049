using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stedi.DevStack.Temporal.Frontend.Http;

/// <summary>The graphs of whoever runs the server, as JSON for the page: their titles, and each by its number.</summary>
public sealed partial class PageGraphs(TemporalServerOptions options, ILogger<PageGraphs> logger)
{
    /// <summary>The path of all titles; each graph is below it.</summary>
    public const string Path = "/page/graphs";

    public async Task WriteAsync(HttpContext context, string path)
    {
        if (path == Path)
        {
            await WriteAsync(context, StatusCodes.Status200OK, options.PageGraphs.Select(graph => graph.Title));
        }
        else if (Find(path) is { } graph)
        {
            await WriteAsync(context, graph);
        }
        else
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, new { Message = "There is no such graph." });
        }
    }

    private PageGraph? Find(string path) =>
        int.TryParse(path[(Path.Length + 1)..], CultureInfo.InvariantCulture, out var number) && number >= 0 && number < options.PageGraphs.Count
            ? options.PageGraphs[number]
            : null;

    private async Task WriteAsync(HttpContext context, PageGraph graph)
    {
        PageGraphContent content;
        try
        {
            content = await graph.ReadAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailure(e, graph.Title);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, new { Message = $"{graph.Title} cannot be read: {e.Message}" });
            return;
        }

        await WriteAsync(context, StatusCodes.Status200OK, new { graph.Title, content.Caption, content.Nodes });
    }

    private static Task WriteAsync(HttpContext context, int status, object answer)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(answer, JsonSerializerOptions.Web, context.RequestAborted);
    }

    [LoggerMessage(3, LogLevel.Warning, "{Title} cannot be read")]
    private partial void LogFailure(Exception exception, string title);
}
