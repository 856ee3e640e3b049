using Spectre.Console;
using Spectre.Console.Rendering;
using Stedi.Temporal.Activities.Privacy;
using Stedi.Temporal.Worker.Cli.Output;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Prints quarantined and cleared lines. What comes from files is escaped, because the terminal would act on it.</summary>
internal sealed class QuarantineView(IAnsiConsole console)
{
    private const int ShortestLine = 12;

    /// <summary>Writes a listing. Lines are shortened to a prefix that is unique in it; the other commands accept it.</summary>
    public void Write(QuarantineListing listing)
    {
        var keys = listing.Lines.Select(line => line.Line).OfType<string>().Concat(listing.Cleared.Select(line => line.Line)).ToHashSet();
        var length = Enumerable.Range(ShortestLine, 64 - ShortestLine).FirstOrDefault(n => keys.Select(key => Short(key, n)).Distinct().Count() == keys.Count, 64);
        if (listing.RunId is { } run)
        {
            if (listing.Lines.Count == 0)
            {
                console.WriteLine($"Run {run} has no lines in the quarantine.");
            }
            else
            {
                WriteGrid(
                    ["Line", "Kind", "Lines", "Reason", "File"],
                    listing.Lines.Select(line => (string[])
                        [line.Line is { } key ? Short(key, length) : "-", line.Kind + (line.IsCleared ? ", cleared" : ""), NumberFormat.Count(line.Lines), line.Reason ?? "-", File(line.File)]));
            }

            console.WriteLine();
        }

        if (listing.Cleared.Count == 0)
        {
            console.WriteLine("No line is cleared.");
            return;
        }

        console.Write(new Text("Cleared lines", new Style(Color.Aqua, decoration: Decoration.Bold)));
        console.WriteLine();
        WriteGrid(
            ["Line", "Kind", "Cleared (UTC)", "By", "Why", "File"],
            listing.Cleared.Select(line => (string[])[Short(line.Line, length), line.Kind, RunFormat.Time(line.ClearedAt), line.ClearedBy, line.Reason, File(line.File)]));
    }

    /// <summary>Writes one line with its text.</summary>
    public static void Write(TextWriter output, QuarantinedLine line)
    {
        output.WriteLine($"Line    {line.LineKey}");
        output.WriteLine($"Kind    {TerminalText.Escape(line.Kind)}");
        output.WriteLine($"Reason  {TerminalText.Escape(line.Reason ?? "-")}");
        output.WriteLine($"File    {File(line.File)}");
        output.WriteLine();
        output.WriteLine(TerminalText.Escape(line.Text));
    }

    /// <summary>Says what <c>clear</c> has done.</summary>
    public static string Cleared(ClearedLine line, bool isNew)
    {
        var what = $"{Short(line.LineKey, ShortestLine)} ({line.Kind} in {File(line.File)})";
        return isNew
            ? $"Cleared line {what}. The next run reads this and counts the line as blank; what is published stays until then."
            : $"Line {what} was cleared already, on {RunFormat.Time(line.ClearedAt)} UTC by {TerminalText.Escape(line.ClearedBy)}: {TerminalText.Escape(line.Reason)}. Nothing has changed.";
    }

    private static string Short(string key, int length) => key[..Math.Min(length, key.Length)];

    // The bucket is the lake's.
    private static string File(string uri) => TerminalText.Escape(uri.Split('/', 4) is [.., var key] && uri.StartsWith("s3://", StringComparison.Ordinal) ? key : uri);

    private void WriteGrid(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var grid = new Grid();
        foreach (var _ in header)
        {
            grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 2, 0) });
        }

        var bold = new Style(decoration: Decoration.Bold);
        grid.AddRow([.. header.Select(name => (IRenderable)new Text(name, bold))]);
        foreach (var row in rows)
        {
            grid.AddRow([.. row.Select(cell => (IRenderable)new Text(TerminalText.Escape(cell)))]);
        }

        console.Write(grid);
    }
}

/// <summary>What <c>stedi quarantine list</c> prints.</summary>
/// <param name="RunId">The run; null if only cleared lines are listed.</param>
/// <param name="Lines">What the run has quarantined.</param>
/// <param name="Cleared">The lines that are cleared now.</param>
public sealed record QuarantineListing(string? RunId, IReadOnlyList<ListedQuarantineEntry> Lines, IReadOnlyList<ListedClearedLine> Cleared);

/// <summary>Equal lines in the quarantine.</summary>
/// <param name="Line">The line's keyed hash; null for a line that cannot be cleared.</param>
/// <param name="Source">The landing source.</param>
/// <param name="File">The file, as an <c>s3://</c> URI.</param>
/// <param name="Kind">Rejected line, undated record, or record with a consent.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="Lines">The number of lines.</param>
/// <param name="IsCleared">Whether it has been cleared since.</param>
public sealed record ListedQuarantineEntry(string? Line, string Source, string File, string Kind, string? Reason, long Lines, bool IsCleared);

/// <summary>A cleared line.</summary>
/// <param name="Line">The line's keyed hash.</param>
/// <param name="File">The file, as an <c>s3://</c> URI.</param>
/// <param name="Kind">Rejected line, undated record, or record with a consent.</param>
/// <param name="Reason">Why it was cleared.</param>
/// <param name="ClearedBy">Who cleared it.</param>
/// <param name="ClearedAt">When.</param>
public sealed record ListedClearedLine(string Line, string File, string Kind, string Reason, string ClearedBy, DateTimeOffset ClearedAt)
{
    /// <summary>The same line as it is stored.</summary>
    public static ListedClearedLine Of(ClearedLine line) => new(line.LineKey, line.File, line.Kind, line.Reason, line.ClearedBy, line.ClearedAt);
}
