using System.Globalization;
using System.Text;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>Makes text of unknown origin safe to print.</summary>
internal static class TerminalText
{
    /// <summary>
    /// Escapes what a terminal would act on or not show: control and format characters, separators of lines, and broken
    /// surrogates, as <c>\u{1B}</c>. A backslash stays, because JSON lines are full of them.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            if (isWhole && !IsUnsafe(rune))
            {
                escaped.Append(text, i, rune.Utf16SequenceLength);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{(isWhole ? rune.Value : text[i]):X2}}}");
            }

            i += isWhole ? rune.Utf16SequenceLength : 1;
        }

        return escaped.ToString();
    }

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
