using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stedi.Testing.Faults;

/// <summary>
/// A proxy between AWS clients and an endpoint, on a port of its own. It passes calls on, applies the ordered faults, and counts
/// all calls.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _upstream = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly Uri _target;
    private readonly ConcurrentQueue<(AwsOperation Operation, Fault? Fault)> _calls = new();
    private readonly List<Rule> _rules = [];

    private FaultProxy(Uri target)
    {
        _target = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = null;
            server.Limits.MinResponseDataRate = null;
        });
        // Stalled calls must not delay the end of a test.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Endpoint => new(_app.Urls.Single());

    public static async Task<FaultProxy> StartAsync(Uri target)
    {
        var proxy = new FaultProxy(target);
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>Orders a fault. If several apply to a call, the first that is not used up is applied.</summary>
    /// <param name="operation">The calls: <c>glue:GetTable</c>, <c>athena:*</c>, <c>*</c>, <c>s3:PutObject /runs/a.json</c>.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="times">The number of calls; all with <see cref="int.MaxValue"/>.</param>
    /// <param name="after">The number of calls to pass before.</param>
    public FaultProxy On(string operation, Fault fault, int times = 1, int after = 0)
    {
        lock (_rules)
        {
            _rules.Add(new(operation, fault) { Pass = after, Left = times });
        }

        return this;
    }

    /// <summary>Removes all faults.</summary>
    public void RemoveFaults()
    {
        lock (_rules)
        {
            _rules.Clear();
        }
    }

    /// <summary>The number of calls, including those with faults.</summary>
    public int Calls(string operation) => _calls.Count(call => call.Operation.Matches(operation));

    /// <summary>Calls by operation.</summary>
    public IReadOnlyDictionary<string, int> CallsByOperation => _calls.CountBy(call => call.Operation.ToString()).ToDictionary();

    /// <summary>The number of calls with faults.</summary>
    public int Faults(string operation) => _calls.Count(call => call.Fault is not null && call.Operation.Matches(operation));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var call = new ProxiedCall(context, AwsOperation.Of(context.Request), body.ToArray(), _upstream, _target);
        var fault = Choose(call.Operation);
        _calls.Enqueue((call.Operation, fault));
        await (fault is null ? call.AnswerAsync(await call.ForwardAsync()) : fault.ApplyAsync(call));
    }

    private Fault? Choose(AwsOperation operation)
    {
        lock (_rules)
        {
            return _rules.FirstOrDefault(rule => operation.Matches(rule.Operation) && rule.Takes())?.Fault;
        }
    }

    private sealed record Rule(string Operation, Fault Fault)
    {
        public int Pass { get; set; }

        public int Left { get; set; }

        public bool Takes()
        {
            if (Pass > 0)
            {
                Pass--;
                return false;
            }

            return Left > 0 && Left-- > 0;
        }
    }
}

/// <summary>A request in the proxy, with its body.</summary>
internal sealed class ProxiedCall(HttpContext context, AwsOperation operation, byte[] body, HttpClient upstream, Uri target)
{
    public AwsOperation Operation { get; } = operation;

    public byte[] Body { get; } = body;

    public CancellationToken ClientGone => context.RequestAborted;

    /// <summary>Breaks the connection.</summary>
    public void Reset() => context.Abort();

    /// <summary>Forwards the call to the endpoint. It is not cancelled if the client disconnects, because the endpoint must complete the call.</summary>
    public async Task<ProxiedAnswer> ForwardAsync()
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), Address()) { Content = new ByteArrayContent(Body) };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!IsHopByHop(name) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var response = await upstream.SendAsync(request, CancellationToken.None);
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => !IsHopByHop(header.Key) && header.Key != "Content-Length");
        return new(
            (int)response.StatusCode,
            headers.ToDictionary(header => header.Key, header => header.Value.ToArray()),
            await response.Content.ReadAsByteArrayAsync(CancellationToken.None));
    }

    public Task AnswerAsync(ProxiedAnswer answer) => AnswerAsync(answer, answer.Body.Length);

    /// <summary>Sends the headers of the whole response and the first bytes of its body.</summary>
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

    // The signature covers the path as the client wrote it.
    private Uri Address()
    {
        var raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        return new(target.GetLeftPart(UriPartial.Authority) + raw, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static bool IsHopByHop(string header) =>
        header.ToUpperInvariant() is "CONNECTION" or "KEEP-ALIVE" or "TRANSFER-ENCODING" or "EXPECT" or "DATE" or "SERVER";
}

/// <summary>A complete response.</summary>
internal sealed record ProxiedAnswer(int Status, IReadOnlyDictionary<string, string[]> Headers, byte[] Body);
