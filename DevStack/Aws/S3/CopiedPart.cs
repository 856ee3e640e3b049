using System.Security.Cryptography;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.S3;

internal static class CopiedPart
{
    /// <summary>Copies a range of an object into a file, for UploadPartCopy.</summary>
    public static async Task<UploadPart> WriteAsync(FileStream source, ByteRange range, string file, int number, CancellationToken cancellationToken)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        await using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 17, useAsync: true);
        source.Position = range.Start;
        var buffer = new byte[128 * 1024];
        for (var left = range.Length; left > 0;)
        {
            var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
            if (read == 0)
                break;
            md5.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
        target.Flush(flushToDisk: true);
        return new UploadPart(number, range.Length, Convert.ToHexStringLower(md5.GetHashAndReset()));
    }
}
