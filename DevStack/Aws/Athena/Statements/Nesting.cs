using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Statements;

/// <summary>How deep a statement or a column type may be nested, so that nothing which reads it level by level runs out of stack.</summary>
internal static class Nesting
{
    public const int Deepest = 100;

    /// <summary>Whether a type as the catalogue or DuckDB spells it has too many levels.</summary>
    public static bool IsTooDeep(ReadOnlySpan<char> type)
    {
        var (depth, suffixes) = (0, 0);
        foreach (var c in type)
        {
            depth += c is '<' or '(' ? 1 : c is '>' or ')' ? -1 : 0;
            suffixes = c == '[' ? suffixes + 1 : c == ']' ? suffixes : 0; // integer[][] has two levels.
            if (depth + suffixes > Deepest)
            {
                return true;
            }
        }
        return false;
    }

    /// <exception cref="QueryFailedException">Brackets, CASE, or operators before or behind a value are nested too deeply.</exception>
    public static void Check(string sql, List<SqlToken> tokens)
    {
        var (depth, before, behind) = (0, 0, 0);
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

            before = token.IsWord("NOT") || token.IsSymbol("-") || token.IsSymbol("+") ? before + 1 : 0;
            if (token.IsSymbol("["))
            {
                behind = i > 0 && tokens[i - 1].IsSymbol("]") ? behind + 1 : 0;
            }

            if (Math.Max(depth, Math.Max(before, behind)) > Deepest)
            {
                throw QueryFailedException.Syntax($"{SqlPosition.Of(sql, token.Start)}the statement is nested deeper than {Deepest} levels");
            }
        }
    }
}
