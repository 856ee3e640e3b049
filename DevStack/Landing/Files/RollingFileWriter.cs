using System.Text;
using System.Text.Json.Nodes;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>One source's lines, in files of a bounded number of rows each, with the defects asked for.</summary>
internal sealed class RollingFileWriter(OpenLandingFile open, string source, LandingOptions options) : IAsyncDisposable
{
    private const int RowsAFile = 10_000;

    // Ten times the data makes about three times the files, each three times as long.
    private readonly int _rowsAFile = (int)(RowsAFile * Math.Max(1, Math.Sqrt(options.Scale)));
    private readonly byte[] _scratch = new byte[1_024];
    private readonly Queue<Func<JsonObject, string>> _rewritings = new();
    private LandingFileWriter? _file;
    private string _sample = "";
    private int _files;
    private long _rows;
    private long _rejected;
    private long _bytes;

    /// <summary>Writes one row: the function puts it into the span and returns its length.</summary>
    public async ValueTask WriteAsync(Func<Span<byte>, int> write, CancellationToken cancellationToken)
    {
        if (_file is null || _file.Rows == _rowsAFile)
        {
            await NextFileAsync(write, cancellationToken);
        }

        if (_rewritings.TryDequeue(out var rewrite))
        {
            var row = rewrite(JsonNode.Parse(_scratch.AsSpan(0, write(_scratch)))!.AsObject());
            await _file!.WriteRowAsync(Encoding.UTF8.GetBytes(row), cancellationToken);
        }
        else
        {
            await _file!.WriteRowAsync(write, cancellationToken);
        }
    }

    public async Task<WrittenSource> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_file is not null && options.Has(LandingDefects.CutOffLines))
        {
            await RejectAsync(MalformedLines.CutOff(_sample), ended: false, cancellationToken);
        }

        await CloseAsync(cancellationToken);
        if (_files > 0)
        {
            _bytes += await ForeignFiles.AddAsync(open, source, options, cancellationToken);
            _files += ForeignFiles.Visible(options);
            _rejected += ForeignFiles.Lines(options);
        }

        return new(_files, _rows, _rejected, _bytes);
    }

    /// <summary>Lets go of a file that was not completed.</summary>
    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask NextFileAsync(Func<Span<byte>, int> write, CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken);
        _files++;
        var compress = options.Has(LandingDefects.Gzip) && _files % 2 == 1;
        _file = await LandingFileWriter.CreateAsync(open, Path(), options, compress, cancellationToken);
        foreach (var rewriting in RowVariations.Of(options, source, _files))
        {
            _rewritings.Enqueue(rewriting);
        }

        if (_files == 1)
        {
            _sample = Encoding.UTF8.GetString(_scratch, 0, write(_scratch));
            foreach (var line in MalformedLines.Of(options, source, _sample))
            {
                await RejectAsync(line, ended: true, cancellationToken);
            }
        }
    }

    // Named after the time it would have landed, as the published files are.
    private string Path() => $"{source}/landing/{source}-{1_655_200_000_000 + (_files * 50L)}.json";

    private ValueTask RejectAsync(byte[] line, bool ended, CancellationToken cancellationToken)
    {
        _rejected++;
        return _file!.WriteLineAsync(line, ended, cancellationToken);
    }

    private async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        if (_file is not null)
        {
            await _file.FlushAsync(cancellationToken);
            await _file.DisposeAsync();
            _rows += _file.Rows;
            _bytes += _file.Bytes;
            _file = null;
            _rewritings.Clear();
        }
    }
}
