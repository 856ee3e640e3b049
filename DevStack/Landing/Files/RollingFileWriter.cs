using System.Text;
using System.Text.Json.Nodes;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>One source's lines, in files of a bounded number of rows each, with the defects asked for.</summary>
sealed class RollingFileWriter(OpenLandingFile open, string source, LandingOptions options) : IAsyncDisposable
{
    const int RowsAFile = 10_000;

    // Ten times the data makes about three times the files, each three times as long.
    readonly int rowsAFile = (int)(RowsAFile * Math.Max(1, Math.Sqrt(options.Scale)));
    readonly byte[] scratch = new byte[1_024];
    readonly Queue<Func<JsonObject, string>> rewritings = new();
    LandingFileWriter? file;
    string sample = "";
    int files;
    long rows;
    long rejected;
    long bytes;

    /// <summary>Writes one row: the function puts it into the span and returns its length.</summary>
    public async ValueTask WriteAsync(Func<Span<byte>, int> write, CancellationToken cancellationToken)
    {
        if (file is null || file.Rows == rowsAFile)
        {
            await NextFileAsync(write, cancellationToken);
        }

        if (rewritings.TryDequeue(out var rewrite))
        {
            var row = rewrite(JsonNode.Parse(scratch.AsSpan(0, write(scratch)))!.AsObject());
            await file!.WriteRowAsync(Encoding.UTF8.GetBytes(row), cancellationToken);
        }
        else
        {
            await file!.WriteRowAsync(write, cancellationToken);
        }
    }

    public async Task<WrittenSource> CompleteAsync(CancellationToken cancellationToken)
    {
        if (file is not null && options.Has(LandingDefects.CutOffLines))
        {
            await RejectAsync(MalformedLines.CutOff(sample), ended: false, cancellationToken);
        }

        await CloseAsync(cancellationToken);
        if (files > 0)
        {
            bytes += await ForeignFiles.AddAsync(open, source, options, cancellationToken);
            files += ForeignFiles.Visible(options);
            rejected += ForeignFiles.Lines(options);
        }

        return new(files, rows, rejected, bytes);
    }

    /// <summary>Lets go of a file that was not completed.</summary>
    public ValueTask DisposeAsync() => file?.DisposeAsync() ?? ValueTask.CompletedTask;

    async ValueTask NextFileAsync(Func<Span<byte>, int> write, CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken);
        files++;
        var compress = options.Has(LandingDefects.Gzip) && files % 2 == 1;
        file = await LandingFileWriter.CreateAsync(open, Path(), options, compress, cancellationToken);
        foreach (var rewriting in RowVariations.Of(options, source, files))
        {
            rewritings.Enqueue(rewriting);
        }

        if (files == 1)
        {
            sample = Encoding.UTF8.GetString(scratch, 0, write(scratch));
            foreach (var line in MalformedLines.Of(options, source, sample))
            {
                await RejectAsync(line, ended: true, cancellationToken);
            }
        }
    }

    // Named after the time it would have landed, as the published files are.
    string Path() => $"{source}/landing/{source}-{1_655_200_000_000 + (files * 50L)}.json";

    ValueTask RejectAsync(byte[] line, bool ended, CancellationToken cancellationToken)
    {
        rejected++;
        return file!.WriteLineAsync(line, ended, cancellationToken);
    }

    async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            await file.FlushAsync(cancellationToken);
            await file.DisposeAsync();
            rows += file.Rows;
            bytes += file.Bytes;
            file = null;
            rewritings.Clear();
        }
    }
}
