using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>How the files of a group are read by line.</summary>
/// <param name="Ends">How their lines end; <see cref="LineEnds.Other"/> for files that <see cref="LineCopy"/> wrote.</param>
/// <param name="Longest">A length in bytes that no line reaches, in steps, or 0 if the lines are short.</param>
internal sealed record LineLayout(LineEnds Ends, long Longest);

/// <summary>What DuckDB's reader of a format needs.</summary>
/// <param name="Prefix">What it needs before each line, so that it gives empty ones.</param>
/// <param name="SkipsByteOrderMark">Whether it skips a byte order mark at a file's beginning.</param>
/// <param name="SkippedLines">The lines at the beginning of each file that are no rows.</param>
internal sealed record LineReader(string Prefix, bool SkipsByteOrderMark, int SkippedLines = 0);

/// <summary>
/// Leaves files of which DuckDB reads every line, and replaces others, such as compressed ones, by copies of their lines in the
/// query's temporary folder.
/// </summary>
internal static class LineFiles
{
    private const int DefaultLongest = 1 << 20, LengthStep = 8 << 20;

    /// <summary>A group's files in their order, each with its layout.</summary>
    public static IReadOnlyList<(LakeFile File, LineLayout Layout)> Prepare(FileGroup group, LineReader reader, QueryFiles query) =>
        FilePreparation.ForEach(group, file => Prepare(file, reader, query));

    private static (LakeFile File, LineLayout Layout) Prepare(LakeFile file, LineReader reader, QueryFiles query)
    {
        try
        {
            if (reader.SkippedLines == 0 && FileContent.CompressionOf(file.Key) is null)
            {
                using var scanned = FileContent.Open(file);
                if (LineScan.Scan(scanned, reader.SkipsByteOrderMark, query.ThrowIfInterrupted) is var ends and not LineEnds.Other)
                {
                    return (file, new LineLayout(ends, 0));
                }
            }

            using var content = FileContent.Open(file);
            var path = query.NewPath();
            using var copy = File.Create(path);
            var longest = LineCopy.Write(content, copy, reader, query.ThrowIfInterrupted);
            return (file with { Path = path }, new LineLayout(LineEnds.Other, longest <= DefaultLongest ? 0 : (longest / LengthStep + 1) * LengthStep));
        }
        catch (Exception e) when (FilePreparation.IsGone(e))
        {
            return (file, new LineLayout(LineEnds.LineFeed, 0)); // Reading it reports the error.
        }
    }
}
