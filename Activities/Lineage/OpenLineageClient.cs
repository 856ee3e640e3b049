using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>An OpenLineage server, such as Marquez, where one is configured.</summary>
public sealed class OpenLineageClient(LakeOptions options) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Sends events, in order; does nothing where no endpoint is configured.</summary>
    /// <exception cref="HttpRequestException">The endpoint does not take one; sending them all again is harmless.</exception>
    public async Task SendAsync(IEnumerable<JsonObject> events, CancellationToken cancellationToken)
    {
        if (options.OpenLineageUrl is not { } url)
        {
            return;
        }

        foreach (var happened in events)
        {
            using var response = await _http.PostAsJsonAsync(url, happened, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
