using System.Text.Json.Nodes;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>A plain HTTP client, for tests that start the endpoint without <see cref="AwsFixture"/>.</summary>
public sealed class AwsClient(Uri endpoint) : IAsyncDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = endpoint };

    public Task<JsonObject> GlueAsync(string operation, string input) => CallAsync("AWSGlue." + operation, input);

    public Task<JsonObject> AthenaAsync(string operation, string input) => CallAsync("AmazonAthena." + operation, input);

    public async Task<string> StateAsync(string query) =>
        (string)(await AthenaAsync("GetQueryExecution", $$"""{"QueryExecutionId":"{{query}}"}"""))["QueryExecution"]!["Status"]!["State"]!;

    public async Task<string> PutAsync(string path, string text)
    {
        using var response = await _http.PutAsync(new Uri(path, UriKind.Relative), new StringContent(text));
        return response.EnsureSuccessStatusCode().Headers.ETag!.Tag;
    }

    public async Task<string> HeadAsync(string path)
    {
        using var response = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        return response.EnsureSuccessStatusCode().Headers.ETag!.Tag;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonObject> CallAsync(string target, string input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(input) };
        request.Headers.Add("X-Amz-Target", target);
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonNode.Parse(body)!.AsObject();
    }
}
