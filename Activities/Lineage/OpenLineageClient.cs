using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>Sends events to an OpenLineage endpoint, such as Marquez, if one is configured.</summary>
public sealed class OpenLineageClient(LakeOptions options) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Sends events in order. Does nothing if no endpoint is configured.</summary>
    /// <exception cref="HttpRequestException">The endpoint did not accept an event. Sending all events again is idempotent.</exception>
    public async Task SendAsync(IEnumerable<JsonObject> events, CancellationToken cancellationToken)
    {
        if (options.OpenLineageUrl is not { } url)
        {
            return;
        }

        foreach (var runEvent in events)
        {
            using var response = await _http.PostAsJsonAsync(url, runEvent, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
