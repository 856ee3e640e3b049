using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>Makes gRPC calls without a client library, so that malformed messages reach the server.</summary>
internal sealed class RawGrpc(string target) : IDisposable
{
    private const int Cancelled = 1;
    private const long CancelledStream = 8;

    private readonly HttpClient _http = new() { BaseAddress = new($"http://{target}") };

    /// <summary>Makes a unary call with a timeout; returns the gRPC status and message.</summary>
    public async Task<(int Status, string Message)> CallAsync(string service, string method, byte[] body, int timeoutMilliseconds)
    {
        var frame = new byte[body.Length + 5];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), body.Length);
        body.CopyTo(frame, 5);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{service}/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("grpc-timeout", $"{timeoutMilliseconds}m");
        try
        {
            using var response = await _http.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            return (int.Parse(Header(response, "grpc-status") ?? "-1"), Uri.UnescapeDataString(Header(response, "grpc-message") ?? ""));
        }
        catch (Exception e) when (e is HttpProtocolException { ErrorCode: CancelledStream } or { InnerException: HttpProtocolException { ErrorCode: CancelledStream } })
        {
            // The server ends a stream at the call's deadline. Clients report that as this status.
            return (Cancelled, e.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? Header(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out var trailer) ? trailer.First()
        : response.Headers.TryGetValues(name, out var header) ? header.First() : null;
}
