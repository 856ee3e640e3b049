namespace Stedi.DevStack.Landing.Files;

/// <summary>One source's lines, in files of a bounded number of lines each.</summary>
sealed class RollingFile(OpenLandingFile open, string source, LandingOptions options) : IAsyncDisposable
{
    const int LinesAFile = 10_000;
    const int LongestLine = 1_024;

    // Ten times the data makes about three times the files, each three times as long.
    readonly int linesAFile = (int)(LinesAFile * Math.Max(1, Math.Sqrt(options.Scale)));
    readonly byte[] buffer = new byte[128 * 1024];
    Stream? file;
    int buffered;
    int linesInFile;
    int files;
    long lines;
    long bytes;

    /// <summary>Writes one line: the function puts it into the span, with its line feed, and returns its length.</summary>
    public async ValueTask WriteAsync(Func<Span<byte>, int> write, CancellationToken cancellationToken)
    {
        if (linesInFile == linesAFile)
        {
            await CloseAsync(cancellationToken);
        }

        file ??= await open(NextPath(), cancellationToken);
        buffered += write(buffer.AsSpan(buffered));
        lines++;
        linesInFile++;
        if (buffer.Length - buffered < LongestLine)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async Task<WrittenSource> CompleteAsync(CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken);
        return new(files, lines, bytes);
    }

    /// <summary>Lets go of a file that was not completed.</summary>
    public ValueTask DisposeAsync() => file?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Named after the time it would have landed, as the published files are.
    string NextPath() => $"{source}/landing/{source}-{1_655_200_000_000 + (++files * 50L)}.json";

    async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await file!.WriteAsync(buffer.AsMemory(0, buffered), cancellationToken);
        bytes += buffered;
        buffered = 0;
    }

    async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            await FlushAsync(cancellationToken);
            await file.DisposeAsync();
            (file, linesInFile) = (null, 0);
        }
    }
}
