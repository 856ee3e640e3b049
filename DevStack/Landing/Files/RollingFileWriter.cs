using System.Text;
using System.Text.Json.Nodes;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>Writes one source's rows to files of a bounded number of rows, with the defects that the options ask for.</summary>
internal sealed class RollingFileWriter(OpenLandingFile open, string source, LandingOptions options) : IAsyncDisposable
{
    private const int RowsPerFile = 10_000;

    // The number of files and their length both grow with the square root of the scale.
    private readonly int _rowsPerFile = (int)(RowsPerFile * Math.Max(1, Math.Sqrt(options.Scale)));
    private readonly byte[] _rowBuffer = new byte[1_024];
    private readonly Queue<RowVariation> _variations = new();
    private LandingFileWriter? _file;
    private string _sample = "";
    private int _files;
    private long _rows;
    private long _rejected;
    private long _anonymous;
    private long _blank;
    private long _dropped;
    private long _damaged;
    private long _bytes;

    /// <summary>Writes one row: the function puts it into the span and returns its length.</summary>
    public async ValueTask WriteAsync(Func<Span<byte>, int> write, CancellationToken cancellationToken)
    {
        if (_file is null || _file.Rows == _rowsPerFile)
        {
            await NextFileAsync(write, cancellationToken);
        }

        if (_variations.TryDequeue(out var variation))
        {
            _dropped += variation.DroppedValues;
            _damaged += variation.DamagedTexts;
            await _file!.WriteRowAsync(variation.Write(JsonNode.Parse(_rowBuffer.AsSpan(0, write(_rowBuffer)))!.AsObject()), cancellationToken);
        }
        else
        {
            await _file!.WriteRowAsync(write, cancellationToken);
        }
    }

    /// <summary>Writes a line that is rejected: a row with a flaw, or with a value that is implausible.</summary>
    /// <param name="write">Writes the row.</param>
    /// <param name="spoil">Makes the line of it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask RejectAsync(Func<Span<byte>, int> write, Func<string, byte[]> spoil, CancellationToken cancellationToken) =>
        RejectAsync(spoil(Encoding.UTF8.GetString(_rowBuffer, 0, write(_rowBuffer))), withLineEnd: true, cancellationToken);

    public async Task<WrittenSource> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_file is not null)
        {
            await WriteBlankAsync(BlankLines.After, cancellationToken);
        }

        if (_file is not null && options.Has(LandingDefects.CutOffLines) && source != "customer")
        {
            await RejectAsync(MalformedLines.CutOff(_sample), withLineEnd: false, cancellationToken);
        }

        await CloseAsync(cancellationToken);
        if (_files > 0)
        {
            _bytes += await ForeignFiles.AddAsync(open, source, options, cancellationToken);
            _files += ForeignFiles.CountVisible(options, source);
            _rejected += ForeignFiles.CountLines(options, source);
        }

        return new(_files, _rows, _rejected, _anonymous, _blank, _dropped, _damaged, _bytes);
    }

    /// <summary>Closes a file that was not completed.</summary>
    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask NextFileAsync(Func<Span<byte>, int> write, CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken);
        _files++;
        var compress = options.Has(LandingDefects.Gzip) && _files % 2 == 1;
        _file = await LandingFileWriter.CreateAsync(open, Path(), options, _files, compress, cancellationToken);
        await WriteBlankAsync(BlankLines.Before, cancellationToken);
        foreach (var variation in RowVariations.Of(options, source, _files))
        {
            _variations.Enqueue(variation);
        }

        if (_files == 1)
        {
            _sample = Encoding.UTF8.GetString(_rowBuffer, 0, write(_rowBuffer));
            foreach (var line in MalformedLines.Of(options, source, _sample))
            {
                _anonymous += source == "customer" ? 1 : 0;
                await RejectAsync(line, withLineEnd: true, cancellationToken);
            }
        }
    }

    // Named after its time of arrival, as the published files are.
    private string Path() => $"{source}/landing/{source}-{1_655_200_000_000 + (_files * 50L)}.json";

    private ValueTask RejectAsync(byte[] line, bool withLineEnd, CancellationToken cancellationToken)
    {
        _rejected++;
        return _file!.WriteLineAsync(line, withLineEnd, cancellationToken);
    }

    private async ValueTask WriteBlankAsync(IReadOnlyList<byte[]> lines, CancellationToken cancellationToken)
    {
        foreach (var line in lines.Where(_ => options.Has(LandingDefects.BlankLines)))
        {
            _blank++;
            await _file!.WriteLineAsync(line, withLineEnd: true, cancellationToken);
        }
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
            _variations.Clear();
        }
    }
}
