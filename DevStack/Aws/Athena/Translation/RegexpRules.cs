using System.Text;
using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Translates regular expressions that are literals, where DuckDB's engine reads them differently from Trino's.</summary>
internal static class RegexpRules
{
    /// <summary>In Trino <c>$</c> also matches before a last line feed.</summary>
    public static FunctionRule Like() => new(2, 2, (call, _) =>
    {
        call["function_name"] = "regexp_matches";
        if (Ast.Literal(call["children"]![1]) is { } pattern)
        {
            call["children"]![1] = Ast.Text(EndsBeforeLastLineFeed(pattern));
        }

        return call;
    });

    /// <summary>Replaces all matches. A replacement refers to groups by $1 and to a plain character by a backslash; in DuckDB by \1.</summary>
    public static FunctionRule Replace() => new(2, 3, (call, scope) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        var replacement = arguments.Count < 3 ? "" : Ast.Literal(arguments[2])
            ?? throw QueryFailedException.NotSupported($"{scope.At(call.Location())}regexp_replace with a replacement that is not a literal");
        List<JsonNode> parts = [arguments[0], arguments[1], Ast.Text(Replacement(replacement, call, scope))];
        if (replacement.Length <= MacroLibrary.MaxUncheckedLength)
        {
            return Ast.Function("regexp_replace", [.. parts, Ast.Text("g")]);
        }

        return Ast.Function("trino_regexp_replace", parts);
    });

    private static string Replacement(string replacement, JsonObject call, QueryScope scope)
    {
        var text = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            var next = i + 1 < replacement.Length ? replacement[i + 1] : '\0';
            if (replacement[i] == '$' && char.IsAsciiDigit(next))
            {
                text.Append('\\').Append(next);
                i++;
            }
            else if (replacement[i] == '$')
            {
                throw QueryFailedException.NotSupported($"{scope.At(call.Location())}regexp_replace with a group that is named");
            }
            else if (replacement[i] == '\\' && next != '\0')
            {
                text.Append(next == '\\' ? @"\\" : next);
                i++;
            }
            else
            {
                text.Append(replacement[i] == '\\' ? @"\\" : replacement[i]);
            }
        }

        return text.ToString();
    }

    // Only for a test: what a match contains would change.
    private static string EndsBeforeLastLineFeed(string pattern)
    {
        if (!pattern.Contains('$', StringComparison.Ordinal) || pattern.Contains("(?", StringComparison.Ordinal) && HasMultilineFlag(pattern))
        {
            return pattern;
        }

        var text = new StringBuilder();
        var isInClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter == '\\' && i + 1 < pattern.Length)
            {
                text.Append(letter).Append(pattern[++i]);
                continue;
            }

            isInClass = letter == '[' || (isInClass && letter != ']');
            text.Append(letter == '$' && !isInClass ? @"(?:\n?\z)" : letter);
        }

        return text.ToString();
    }

    private static bool HasMultilineFlag(string pattern)
    {
        for (var at = pattern.IndexOf("(?", StringComparison.Ordinal); at >= 0; at = pattern.IndexOf("(?", at + 2, StringComparison.Ordinal))
        {
            var flags = pattern.AsSpan(at + 2);
            var end = flags.IndexOfAny('-', ':', ')');
            if (end > 0 && flags[..end].Contains('m'))
            {
                return true;
            }
        }

        return false;
    }
}
