using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>Serves the host's graphs to the page as JSON: the list of titles, and each graph by its index.</summary>
public sealed partial class PageGraphs(UiOptions options, ILogger<PageGraphs> logger)
{
    /// <summary>The path of the list of titles; the graphs are below it.</summary>
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

/// <summary>A graph that the host adds to the server's page, such as the lineage of its tables.</summary>
/// <param name="Title">Its title in the page's navigation.</param>
/// <param name="ReadAsync">Reads its current content; called for each request.</param>
public sealed record PageGraph(string Title, Func<CancellationToken, Task<PageGraphContent>> ReadAsync);

/// <summary>The content of a graph.</summary>
/// <param name="Caption">A line of text above the graph.</param>
/// <param name="Nodes">Its nodes.</param>
public sealed record PageGraphContent(string Caption, IReadOnlyList<PageGraphNode> Nodes);

/// <summary>A node of a graph, such as a table.</summary>
/// <param name="Name">Its name, unique within the graph.</param>
/// <param name="Group">Its kind; each kind has its own colour.</param>
/// <param name="Inputs">What it was made from: names of other nodes, or of sources without a node.</param>
/// <param name="Details">Its parts, such as columns.</param>
public sealed record PageGraphNode(string Name, string Group, IReadOnlyList<string> Inputs, IReadOnlyList<PageGraphDetail> Details);

/// <summary>A part of a node, such as a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origins">Where it comes from.</param>
/// <param name="How">How it was derived; empty for a copy.</param>
public sealed record PageGraphDetail(string Name, IReadOnlyList<string> Origins, string How);
