using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.S3;

/// <summary>A request body as a synced temporary file, after every checksum that the client sent was verified.</summary>
internal sealed record ReceivedBody(string File, long Size, string MD5) : IDisposable
{
    private const string Trailer = "x-amz-checksum-";

    public static async Task<ReceivedBody> ReceiveAsync(HttpRequest request, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(request, file, cancellationToken);
        }
        catch
        {
            System.IO.File.Delete(file);
            throw;
        }
    }

    /// <summary>Removes the file unless it was moved into place.</summary>
    public void Dispose() => System.IO.File.Delete(File);

    private static async Task<ReceivedBody> WriteAsync(HttpRequest request, string file, CancellationToken cancellationToken)
    {
        var source = RequestBody.Open(request);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var crc32 = new Crc32();
        long size = 0;
        var needsSha1 = Announces(request, "sha1");
        await using (var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: false))
        {
            var buffer = new byte[128 * 1024];
            for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0; size += read)
            {
                var data = buffer.AsSpan(0, read);
                md5.AppendData(data);
                sha256.AppendData(data);
                crc32.Append(data);
                if (needsSha1)
                {
                    sha1.AppendData(data);
                }

                target.Write(data);
            }
            target.Flush(flushToDisk: true);
        }
        var digest = md5.GetHashAndReset();
        var sha = sha256.GetHashAndReset();
        CheckLength(request, size);
        Check(request, source, "Content-MD5", Convert.ToBase64String(digest), "BadDigest");
        if (request.Headers["x-amz-content-sha256"].ToString() is { Length: 64 } expected && !Convert.ToHexStringLower(sha).Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new AwsException("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }

        Check(request, source, Trailer + "sha256", Convert.ToBase64String(sha), "BadDigest");
        if (needsSha1)
        {
            Check(request, source, Trailer + "sha1", Convert.ToBase64String(sha1.GetHashAndReset()), "BadDigest");
        }

        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, crc32.GetCurrentHashAsUInt32());
        Check(request, source, Trailer + "crc32", Convert.ToBase64String(crc), "BadDigest");
        return new ReceivedBody(file, size, Convert.ToHexStringLower(digest));
    }

    private static bool Announces(HttpRequest request, string algorithm) =>
        request.Headers.ContainsKey(Trailer + algorithm) || request.Headers["x-amz-trailer"].ToString().Contains(algorithm, StringComparison.OrdinalIgnoreCase);

    private static void CheckLength(HttpRequest request, long size)
    {
        if (request.Headers["x-amz-decoded-content-length"].ToString() is { Length: > 0 } text && long.TryParse(text, out var length) && length != size)
        {
            throw new AwsException("IncompleteBody", $"The body holds {size} bytes after decoding, but x-amz-decoded-content-length says {length}.");
        }
    }

    private static void Check(HttpRequest request, Stream source, string name, string actual, string code)
    {
        var expected = request.Headers[name].ToString();
        if (expected.Length == 0 && source is AwsChunkedStream chunked)
        {
            expected = chunked.Trailers.GetValueOrDefault(name, "");
        }

        if (expected.Length > 0 && expected != actual)
        {
            throw new AwsException(code, $"The {name} you specified did not match the calculated checksum.");
        }
    }
}
