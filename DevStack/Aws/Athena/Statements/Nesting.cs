using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Statements;

/// <summary>Limits the nesting of statements and column types, so that recursive code does not overflow the stack.</summary>
internal static class Nesting
{
    public const int MaxDepth = 100;

    /// <summary>Whether a type, in the catalogue's or DuckDB's spelling, has too many levels.</summary>
    public static bool IsTooDeep(ReadOnlySpan<char> type)
    {
        var (depth, suffixes) = (0, 0);
        foreach (var c in type)
        {
            depth += c is '<' or '(' ? 1 : c is '>' or ')' ? -1 : 0;
            suffixes = c == '[' ? suffixes + 1 : c == ']' ? suffixes : 0; // integer[][] has two levels.
            if (depth + suffixes > MaxDepth)
            {
                return true;
            }
        }
        return false;
    }

    /// <exception cref="QueryFailedException">Brackets, CASE, or prefix or suffix operators are nested too deeply.</exception>
    public static void Check(string sql, List<SqlToken> tokens)
    {
        var (depth, prefixes, suffixes) = (0, 0, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.IsSymbol("(") || token.IsSymbol("[") || token.IsWord("CASE"))
            {
                depth++;
            }
            else if (token.IsSymbol(")") || token.IsSymbol("]") || token.IsWord("END"))
            {
                depth = Math.Max(0, depth - 1);
            }

            prefixes = token.IsWord("NOT") || token.IsSymbol("-") || token.IsSymbol("+") ? prefixes + 1 : 0;
            if (token.IsSymbol("["))
            {
                suffixes = i > 0 && tokens[i - 1].IsSymbol("]") ? suffixes + 1 : 0;
            }

            if (Math.Max(depth, Math.Max(prefixes, suffixes)) > MaxDepth)
            {
                throw QueryFailedException.Syntax($"{SqlPosition.Of(sql, token.Start)}the statement is nested deeper than {MaxDepth} levels");
            }
        }
    }
}
