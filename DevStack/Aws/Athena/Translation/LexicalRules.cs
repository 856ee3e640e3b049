using System.Globalization;
using System.Text;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Rewrites syntax of Trino that DuckDB's grammar does not accept or reads differently.</summary>
internal static class LexicalRules
{
    public const string TruncatedText = "trino_varchar_";

    public static string Apply(string sql)
    {
        sql = ScalarRows.Parenthesize(sql);
        var tokens = SqlLexer.Tokens(sql);
        var text = new StringBuilder();
        var arrays = new Stack<int>();
        var (at, depth) = (0, 0);
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            var token = tokens[i];
            text.Append(sql, at, token.Start - at);
            at = token.End;
            depth += token.IsSymbol("(") ? 1 : token.IsSymbol(")") ? -1 : 0;
            if (token.IsWord("array") && tokens[i + 1].IsSymbol("("))
            {
                // array(bigint) -> bigint[]
                arrays.Push(depth);
                at = tokens[++i].End;
                depth++;
            }
            else if (token.IsSymbol(")") && arrays.TryPeek(out var open) && open == depth)
            {
                arrays.Pop();
                text.Append("[]");
            }
            else if (Binary(tokens, i) is { } binary)
            {
                text.Append(binary);
                at = tokens[++i].End;
            }
            else if (token.IsWord("json") && tokens[i + 1].Kind == SqlTokenKind.Text)
            {
                // JSON '1' is a parsed document, and not a cast of text.
                text.Append("json_parse(").Append(SqlText.Literal(tokens[++i].Value)).Append(')');
                at = tokens[i].End;
            }
            else if (IsUnicodeText(tokens, i))
            {
                i += 2;
                text.Append(SqlText.Literal(UnicodeText.Decode(sql, tokens[i], tokens[i + 1].IsWord("uescape") ? tokens[i + 2].Value : "\\")));
                i += tokens[i + 1].IsWord("uescape") ? 2 : 0;
                at = tokens[i].End;
            }
            else if (token.Kind == SqlTokenKind.Number && token.Value.Contains('e', StringComparison.OrdinalIgnoreCase))
            {
                // A number with an exponent is a double in Trino, and may be a decimal in DuckDB.
                text.Append($"CAST({token.Value} AS DOUBLE)");
            }
            else if (token.IsWord("if") && IsIfWithoutElse(tokens, i))
            {
                text.Append(FunctionList.IfWithoutElse);
            }
            else if (IsBoundedText(tokens, i))
            {
                // The parser drops the length, so it is encoded in the type's name.
                text.Append(TruncatedText).Append(tokens[i + 2].Value);
                i += 3;
                at = tokens[i].End;
            }
            else
            {
                Refuse(sql, tokens, i);
                text.Append(sql, token.Start, token.End - token.Start);
            }
        }
        return text.Append(sql, at, sql.Length - at).ToString();
    }

    // X'6162' is a varbinary in Trino and the text "x6162" in DuckDB.
    private static string? Binary(List<SqlToken> tokens, int i) =>
        tokens[i].IsWord("x") && tokens[i + 1].Kind == SqlTokenKind.Text && tokens[i].End == tokens[i + 1].Start
            ? $"from_hex('{tokens[i + 1].Value.Replace(" ", "", StringComparison.Ordinal)}')"
            : null;

    private static bool IsUnicodeText(List<SqlToken> tokens, int i) =>
        tokens[i].IsWord("u") && i + 2 < tokens.Count && tokens[i + 1].IsSymbol("&") && tokens[i + 2].Kind == SqlTokenKind.Text && tokens[i].End + 1 == tokens[i + 2].Start;

    private static bool IsBoundedText(List<SqlToken> tokens, int i) =>
        tokens[i].IsWord("varchar") && tokens[i + 1].IsSymbol("(") && tokens[i + 2].Kind == SqlTokenKind.Number && tokens[i + 3].IsSymbol(")");

    private static bool IsIfWithoutElse(List<SqlToken> tokens, int i)
    {
        if (!tokens[i + 1].IsSymbol("("))
        {
            return false;
        }

        var (depth, commas) = (0, 0);
        foreach (var token in tokens.Skip(i + 1))
        {
            depth += token.Value switch { "(" or "[" when token.Kind == SqlTokenKind.Symbol => 1, ")" or "]" when token.Kind == SqlTokenKind.Symbol => -1, _ => 0 };
            if (depth == 0)
            {
                break;
            }

            commas += depth == 1 && token.IsSymbol(",") ? 1 : 0;
        }
        return commas == 1;
    }

    // Refuses extensions of DuckDB, which Athena does not accept.
    private static void Refuse(string sql, List<SqlToken> tokens, int i)
    {
        var token = tokens[i];
        if (token.Kind == SqlTokenKind.Symbol && token.Value is "::" or "#" or "$" or "{" or "}" or "?" or "`" or "@" or "~" or "^" or "&" or "\\" || token is { Kind: SqlTokenKind.Quoted } && sql[token.Start] == '`')
        {
            throw QueryFailedException.Syntax($"{SqlPosition.Of(sql, token.Start)}mismatched input '{sql[token.Start..token.End]}'");
        }

        if (token.Kind == SqlTokenKind.Word && tokens[i + 1].Kind == SqlTokenKind.Text && token.End == tokens[i + 1].Start && !token.IsWord("date") && !token.IsWord("timestamp") && token.Value.Length <= 2)
        {
            throw QueryFailedException.NotSupported($"{SqlPosition.Of(sql, token.Start)}string literals with the prefix {token.Value}");
        }
    }
}

/// <summary>Decodes literals such as <c>U&amp;'caf\00e9'</c>.</summary>
internal static class UnicodeText
{
    public static string Decode(string sql, SqlToken token, string escape)
    {
        var (value, text) = (token.Value, new StringBuilder());
        for (var i = 0; i < value.Length; i++)
        {
            if (escape.Length != 1 || value[i] != escape[0])
            {
                text.Append(value[i]);
            }
            else if (i + 1 < value.Length && value[i + 1] == escape[0])
            {
                text.Append(value[++i]);
            }
            else
            {
                var isLong = i + 1 < value.Length && value[i + 1] == '+';
                var (start, length) = isLong ? (i + 2, 6) : (i + 1, 4);
                if (start + length > value.Length || !int.TryParse(value.AsSpan(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.TryCreate(code, out var rune))
                {
                    throw QueryFailedException.Syntax($"{SqlPosition.Of(sql, token.Start)}Invalid escape sequence in a Unicode literal");
                }

                text.Append(rune.ToString());
                i = start + length - 1;
            }
        }

        return text.ToString();
    }
}

/// <summary>Adds the parentheses that Trino does not require for rows of one value: <c>VALUES 1, 2</c> becomes <c>VALUES (1), (2)</c>.</summary>
internal static class ScalarRows
{
    private static readonly HashSet<string> After = new(StringComparer.OrdinalIgnoreCase) { "ORDER", "LIMIT", "OFFSET", "FETCH", "UNION", "EXCEPT", "INTERSECT" };

    public static string Parenthesize(string sql)
    {
        var tokens = SqlLexer.Tokens(sql);
        var marks = new List<(int Place, string Mark)>();
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            if (tokens[i].IsWord("VALUES") && !tokens[i + 1].IsSymbol("(") && tokens[i + 1].Kind != SqlTokenKind.End)
            {
                Mark(tokens, i + 1, marks);
            }
        }
        if (marks.Count == 0)
        {
            return sql;
        }

        var text = new StringBuilder();
        var at = 0;
        foreach (var (place, mark) in marks.OrderBy(m => m.Place))
        {
            text.Append(sql, at, place - at).Append(mark);
            at = place;
        }
        return text.Append(sql, at, sql.Length - at).ToString();
    }

    private static void Mark(List<SqlToken> tokens, int i, List<(int, string)> marks)
    {
        marks.Add((tokens[i].Start, "("));
        for (var depth = 0; ; i++)
        {
            var token = tokens[i];
            var isEnd = token.Kind == SqlTokenKind.End || token.IsSymbol(";") || (depth == 0 && (token.IsSymbol(")") || (token.Kind == SqlTokenKind.Word && After.Contains(token.Value))));
            if (isEnd || (depth == 0 && token.IsSymbol(",")))
            {
                marks.Add((tokens[i - 1].End, ")"));
            }

            if (isEnd)
            {
                return;
            }

            if (depth == 0 && token.IsSymbol(","))
            {
                marks.Add((tokens[i + 1].Start, "("));
            }

            depth += token.Value switch { "(" or "[" => 1, ")" or "]" => -1, _ => 0 };
        }
    }
}
