using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.S3;

/// <summary>An S3 request. Bucket and key are read from the raw target, because a decoded path does not distinguish <c>%2F</c> from
/// <c>/</c> and loses <c>//</c>.</summary>
internal sealed class S3Request
{
    private readonly Dictionary<string, StringValues> _query;

    public S3Request(HttpContext context, Principal principal)
    {
        Http = context;
        Principal = principal;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        _query = QueryHelpers.ParseQuery(question < 0 ? "" : target[question..]);
        var path = (question < 0 ? target : target[..question]).TrimStart('/');
        var host = context.Request.Host.Host;
        if (host.EndsWith(".localhost", StringComparison.Ordinal))
        {
            path = host[..^".localhost".Length] + "/" + path;
        }

        var parts = path.Split('/', 2);
        Bucket = System.Uri.UnescapeDataString(parts[0]);
        Key = parts.Length > 1 ? System.Uri.UnescapeDataString(parts[1]) : "";
    }

    public HttpContext Http { get; }

    public Principal Principal { get; }

    public string Bucket { get; }

    public string Key { get; }

    public S3Uri Uri => new(Bucket, Key);

    public string Method => Http.Request.Method;

    public HttpResponse Response => Http.Response;

    public CancellationToken Aborted => Http.RequestAborted;

    public IEnumerable<string> Parameters => _query.Keys;

    public bool Has(string parameter) => _query.ContainsKey(parameter);

    public string? Parameter(string name) => _query.TryGetValue(name, out var value) ? value.ToString() : null;

    public string? Header(string name) => Http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <exception cref="AwsException">The parameter is not a number or is too small.</exception>
    public int Number(string parameter, int fallback, int min, int max)
    {
        if (Parameter(parameter) is not { Length: > 0 } text)
        {
            return fallback;
        }

        return int.TryParse(text, out var number) && number >= min
            ? Math.Min(number, max)
            : throw new AwsException("InvalidArgument", $"Provided {parameter} not an integer or within integer range");
    }
}
