using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stedi.DevStack.Aws.Http;

/// <summary>
/// Closes the connection of a request that is answered before its body was read. A client that sent <c>Expect: 100-continue</c>
/// may omit the body once it has the response, and the server would take its next request for that body
/// (RFC 9110, section 10.1.1).
/// </summary>
internal static class UnreadBody
{
    /// <summary>Adds <c>Connection: close</c> to the response if the body has not been read to its end when the response starts.</summary>
    public static void CloseConnectionAfter(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return;
        }

        var body = new ObservedBody(context.Request.Body);
        context.Request.Body = body;
        context.Response.OnStarting(() =>
        {
            if (!body.IsAtEnd)
            {
                context.Response.Headers.Connection = "close";
            }

            return Task.CompletedTask;
        });
    }

    private sealed class ObservedBody(Stream inner) : Stream
    {
        /// <summary>Whether a read has returned 0 bytes. All code here that reads bodies reads that far.</summary>
        public bool IsAtEnd { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            IsAtEnd |= read == 0 && buffer.Length > 0;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
