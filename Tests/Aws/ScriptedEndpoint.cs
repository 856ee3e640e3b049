using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stedi.Temporal.Tests.Aws;

/// <summary>A request as it came over the wire.</summary>
sealed record RecordedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}

/// <summary>A local HTTP server that answers each request with the next line of its script, and keeps what it was sent.</summary>
sealed class ScriptedEndpoint : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<Func<HttpContext, Task>> script = new();
    readonly ConcurrentQueue<RecordedRequest> requests = new();

    ScriptedEndpoint()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public string Url => app.Urls.Single();

    public IReadOnlyList<RecordedRequest> Requests => [.. requests];

    public static async Task<ScriptedEndpoint> StartAsync()
    {
        var endpoint = new ScriptedEndpoint();
        await endpoint.app.StartAsync();
        return endpoint;
    }

    public ScriptedEndpoint Answer(string body, int status = 200, params (string Name, string Value)[] headers) =>
        Answer(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/x-amz-json-1.1";
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        });

    public ScriptedEndpoint Answer(Func<HttpContext, Task> answer)
    {
        script.Enqueue(answer);
        return this;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        requests.Enqueue(new(context.Request.Method, context.Request.Path, Headers(context.Request), body));
        if (!script.TryDequeue(out var answer))
        {
            throw new InvalidOperationException("The script has no answer left for this request.");
        }

        await answer(context);
    }

    // Kestrel reuses its own dictionary for the next request.
    static Dictionary<string, string> Headers(HttpRequest request) =>
        request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
