using System.Text.RegularExpressions;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Transcripts;

/// <summary>Replaces the variable parts of a command's output: ids, times, ports, sizes and paths.</summary>
internal static partial class Masks
{
    /// <summary>Returns text that is the same for every run and folder.</summary>
    public static string Apply(string text, string folder)
    {
        text = text.Replace($"dotnet {BuiltProgram.Assembly}", "stedi", StringComparison.Ordinal).Replace(folder, "<folder>", StringComparison.Ordinal);
        text = Id().Replace(text, "<id>");
        text = ShortId().Replace(text, "<run>");
        text = Time().Replace(text, "<time>");
        text = Port().Replace(text, "127.0.0.1:<port>");
        text = Pseudonym().Replace(text, "<pseudonym>");
        text = Seconds().Replace(text, "<s>");
        text = Size().Replace(text, "<size>");
        text = Rule().Replace(text, "───");
        var lines = text.TrimEnd('\n').Split('\n').Select(line => Blanks().Replace(line.TrimEnd(), "  ").Replace("\r", "", StringComparison.Ordinal));
        return string.Join('\n', SortConcurrentSteps(lines));
    }

    // Concurrent steps end in any order.
    private static IEnumerable<string> SortConcurrentSteps(IEnumerable<string> lines)
    {
        var steps = new List<string>();
        foreach (var line in lines)
        {
            if (Step().IsMatch(line))
            {
                steps.Add(line);
                continue;
            }

            foreach (var step in steps.Order(StringComparer.Ordinal))
            {
                yield return step;
            }

            steps.Clear();
            yield return line;
        }

        foreach (var step in steps.Order(StringComparer.Ordinal))
        {
            yield return step;
        }
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("^[0-9a-f]{8,}(?=  )", RegexOptions.Multiline)]
    private static partial Regex ShortId();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)?")]
    private static partial Regex Time();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Pseudonym();

    [GeneratedRegex(@"(\d+ min \d\d s|\d+\.\d\d s)")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\b[\d.]+ (B|KB|MB|GB)\b")]
    private static partial Regex Size();

    [GeneratedRegex("─+")]
    private static partial Regex Rule();

    [GeneratedRegex("(?<=\\S)  +")]
    private static partial Regex Blanks();

    [GeneratedRegex("^(! )?(Crawl|Stage|Make|Decide|Audit|Reconcile) .*<s>$")]
    private static partial Regex Step();
}
