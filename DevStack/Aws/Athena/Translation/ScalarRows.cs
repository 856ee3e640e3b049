using System.Text;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Trino lets a row of one value go without parentheses: <c>VALUES 1, 2</c> becomes <c>VALUES (1), (2)</c>.</summary>
internal static class ScalarRows
{
    static readonly HashSet<string> After = new(StringComparer.OrdinalIgnoreCase) { "ORDER", "LIMIT", "OFFSET", "FETCH", "UNION", "EXCEPT", "INTERSECT" };

    public static string Parenthesize(string sql)
    {
        var tokens = SqlLexer.Tokens(sql);
        var marks = new List<(int Place, string Mark)>();
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            if (tokens[i].IsWord("VALUES") && !tokens[i + 1].IsSymbol("(") && tokens[i + 1].Kind != SqlTokenKind.End)
                Mark(tokens, i + 1, marks);
        }
        if (marks.Count == 0)
            return sql;
        var text = new StringBuilder();
        var at = 0;
        foreach (var (place, mark) in marks.OrderBy(m => m.Place))
        {
            text.Append(sql, at, place - at).Append(mark);
            at = place;
        }
        return text.Append(sql, at, sql.Length - at).ToString();
    }

    static void Mark(List<SqlToken> tokens, int i, List<(int, string)> marks)
    {
        marks.Add((tokens[i].Start, "("));
        for (var depth = 0; ; i++)
        {
            var token = tokens[i];
            var isEnd = token.Kind == SqlTokenKind.End || token.IsSymbol(";") || (depth == 0 && (token.IsSymbol(")") || (token.Kind == SqlTokenKind.Word && After.Contains(token.Value))));
            if (isEnd || (depth == 0 && token.IsSymbol(",")))
                marks.Add((tokens[i - 1].End, ")"));
            if (isEnd)
                return;
            if (depth == 0 && token.IsSymbol(","))
                marks.Add((tokens[i + 1].Start, "("));
            depth += token.Value switch { "(" or "[" => 1, ")" or "]" => -1, _ => 0 };
        }
    }
}
