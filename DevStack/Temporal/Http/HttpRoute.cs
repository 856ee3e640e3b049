using Stedi.DevStack.Temporal.Rpc;
using HttpRule = Temporalio.Api.Dependencies.Google.Api.HttpRule;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>One binding of an operation to an HTTP method and path, from the service's descriptor.</summary>
internal sealed class HttpRoute
{
    private readonly string[] _segments;

    private HttpRoute(BoundOperation operation, string method, string path, string body)
    {
        Operation = operation;
        Method = method;
        Body = body;
        _segments = path.Trim('/').Split('/');
    }

    public BoundOperation Operation { get; }

    public string Method { get; }

    /// <summary>"*" if the body is the whole request, else the name of the field that is the body, or empty for no body.</summary>
    public string Body { get; }

    /// <summary>The number of literal segments; the route with more of them takes precedence.</summary>
    public int Literals => _segments.Count(s => !s.StartsWith('{'));

    public static IEnumerable<HttpRoute> Of(BoundOperation operation)
    {
        var rule = operation.Method.GetOptions()?.GetExtension(Temporalio.Api.Dependencies.Google.Api.AnnotationsExtensions.Http);
        return rule is null ? [] : rule.AdditionalBindings.Prepend(rule).Select(r => FromRule(operation, r));
    }

    /// <summary>The variables of a matching path, by field path, or <c>null</c> if the path does not match.</summary>
    /// <param name="path">The segments, still escaped, because ids may contain slashes.</param>
    public IReadOnlyList<KeyValuePair<string, string>>? Match(string[] path)
    {
        if (path.Length != _segments.Length)
        {
            return null;
        }

        List<KeyValuePair<string, string>> variables = [];
        for (var i = 0; i < path.Length; i++)
        {
            if (_segments[i].StartsWith('{'))
            {
                variables.Add(new(_segments[i].Trim('{', '}'), Uri.UnescapeDataString(path[i])));
            }
            else if (_segments[i] != path[i])
            {
                return null;
            }
        }

        return variables;
    }

    private static HttpRoute FromRule(BoundOperation operation, HttpRule rule) => rule.PatternCase switch
    {
        HttpRule.PatternOneofCase.Get => new(operation, "GET", rule.Get, rule.Body),
        HttpRule.PatternOneofCase.Post => new(operation, "POST", rule.Post, rule.Body),
        HttpRule.PatternOneofCase.Put => new(operation, "PUT", rule.Put, rule.Body),
        HttpRule.PatternOneofCase.Delete => new(operation, "DELETE", rule.Delete, rule.Body),
        _ => new(operation, "PATCH", rule.Patch, rule.Body),
    };
}
