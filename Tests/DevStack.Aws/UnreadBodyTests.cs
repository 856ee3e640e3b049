using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>If a request is answered before its body was read, its connection is not used for another request.</summary>
public sealed class UnreadBodyTests(SharedAws shared) : AwsTest(shared)
{
    [Theory]
    [InlineData("PUT /{0}-none/a", "x: y", 404)]
    [InlineData("PUT /{0}/a?tagging", "x: y", 501)]
    [InlineData("PUT /{0}/a", "If-None-Match: x", 501)]
    [InlineData("PUT /{0}/a", "Origin: http://127.0.0.1:1", 403)]
    [InlineData("PUT /{0}/a?X-Amz-Expires=x", "x: y", 400)]
    [InlineData("PUT /{0}", "x: y", 200)] // A new bucket's configuration is not read.
    [InlineData("POST /", "X-Amz-Target: AWSGlue.NoSuchOperation", 400)]
    [InlineData("POST /", "X-Amz-Target: NoSuchService.Operation", 400)]
    [InlineData("POST /", "X-Amz-Target: AmazonAthena.GetWorkGroup\r\nContent-Length: 99999999", 413)]
    [InlineData("PUT /{0}/a", "Content-Length: 6000000000", 413)]
    public async Task Answer_BeforeBodyIsRead_ClosesConnection(string start, string header, int status)
    {
        using var client = await SendAsync(start, header + "\r\nExpect: 100-continue", "");

        var answer = await HeadAsync(client);

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain("\nConnection: close\r\n");
    }

    [Fact]
    public async Task Connection_OfUnreadBody_IsClosedByServerAndAnswersNothingMore()
    {
        using var client = await SendAsync("PUT /{0}-none/a", "Expect: 100-continue", "");
        using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
        while (await reader.ReadLineAsync(Cancellation) is { Length: > 0 })
        {
        }

        // What a client sends next on the connection is not taken for a request.
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), Cancellation);

        (await reader.ReadToEndAsync(Cancellation)).ShouldNotContain("HTTP/1.1");
    }

    [Theory]
    [InlineData("PUT /{0}/a", "x: y", "hello", 200)]
    [InlineData("PUT /{0}/a", "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==", "hello", 400)]
    [InlineData("PUT /{0}/a", "If-Match: x", "hello", 404)]
    [InlineData("PUT /{0}/a", "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER", "5\r\nhello\r\n0\r\n\r\n", 200)]
    [InlineData("PUT /{0}/a", "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\nTransfer-Encoding: chunked", "f\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\n\r\n", 200)]
    [InlineData("POST /{0}?delete", "x: y", "<Delete><Object><Key>a</Key></Object></Delete>", 200)]
    [InlineData("POST /", "X-Amz-Target: AWSGlue.GetDatabases", "{{}}", 200)]
    [InlineData("POST /", "X-Amz-Target: AWSGlue.GetDatabases", "{{", 400)]
    [InlineData("POST /", "Content-Type: application/x-www-form-urlencoded", "Action=GetCallerIdentity", 200)]
    public async Task Answer_AfterBodyIsRead_KeepsConnection(string start, string header, string body, int status)
    {
        using var client = await SendAsync(start, header, body.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal));

        var answer = await HeadAsync(client);

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldNotContain("Connection: close");
    }

    /// <summary>Sends a request; "{0}" in its first line is replaced by a bucket. Without a body it announces one of five bytes.</summary>
    private async Task<TcpClient> SendAsync(string start, string header, string body)
    {
        var line = string.Format(null, start, await Aws.BucketAsync());
        var length = header.Contains("Content-Length", StringComparison.Ordinal) || header.Contains("chunked", StringComparison.Ordinal) ? "" : $"Content-Length: {(body.Length == 0 ? 5 : body.Length)}\r\n";
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Aws.Endpoint.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{line} HTTP/1.1\r\nHost: 127.0.0.1\r\n{length}{header}\r\n\r\n{body}"), Cancellation);
        return client;
    }

    private static async Task<string> HeadAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(Cancellation) is { Length: > 0 } line)
        {
            head.Append(line).Append("\r\n");
        }

        return head.ToString();
    }
}
