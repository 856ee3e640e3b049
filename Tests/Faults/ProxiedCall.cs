using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stedi.Temporal.Tests.Faults;

/// <summary>A request on its way through the proxy, its body read.</summary>
internal sealed class ProxiedCall(HttpContext context, AwsOperation operation, byte[] body, HttpClient upstream, Uri target)
{
    public AwsOperation Operation { get; } = operation;

    public byte[] Body { get; } = body;

    public CancellationToken GivenUp => context.RequestAborted;

    /// <summary>Breaks the connection.</summary>
    public void Reset() => context.Abort();

    /// <summary>Asks the endpoint. Whoever asks must see the answer to its end: not even a client that has gone stops that.</summary>
    public async Task<ProxiedAnswer> ForwardAsync()
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), Address()) { Content = new ByteArrayContent(Body) };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!IsOfTheConnection(name) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var response = await upstream.SendAsync(request, CancellationToken.None);
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => !IsOfTheConnection(header.Key) && header.Key != "Content-Length");
        return new(
            (int)response.StatusCode,
            headers.ToDictionary(header => header.Key, header => header.Value.ToArray()),
            await response.Content.ReadAsByteArrayAsync(CancellationToken.None));
    }

    public Task AnswerAsync(ProxiedAnswer answer) => AnswerAsync(answer, answer.Body.Length);

    /// <summary>Promises the whole answer and sends its beginning.</summary>
    public async Task AnswerAsync(ProxiedAnswer answer, int bytes)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, values) in answer.Headers)
        {
            context.Response.Headers[name] = values;
        }

        var isBodiless = context.Request.Method == "HEAD" || answer.Status is 204 or 304;
        if (!isBodiless)
        {
            context.Response.ContentLength = answer.Body.Length;
            await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, bytes));
        }

        await context.Response.Body.FlushAsync();
    }

    // The client signed the path as it wrote it.
    private Uri Address()
    {
        var raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        return new(target.GetLeftPart(UriPartial.Authority) + raw, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static bool IsOfTheConnection(string header) =>
        header.ToUpperInvariant() is "CONNECTION" or "KEEP-ALIVE" or "TRANSFER-ENCODING" or "EXPECT" or "DATE" or "SERVER";
}

/// <summary>An answer, whole.</summary>
internal sealed record ProxiedAnswer(int Status, IReadOnlyDictionary<string, string[]> Headers, byte[] Body);
