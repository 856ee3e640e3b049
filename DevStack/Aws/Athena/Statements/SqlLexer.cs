using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Statements;

/// <summary>Splits a query into tokens and checks its nesting. Knows quotes and comments, and no other grammar.</summary>
internal static class SqlLexer
{
    private static readonly string[] LongSymbols = ["<>", "!=", "<=", ">=", "||", "->", "=>", "::"];

    /// <exception cref="QueryFailedException">A quote or comment is not closed, or the query is nested too deeply.</exception>
    public static List<SqlToken> Tokens(string sql)
    {
        var tokens = new List<SqlToken>();
        for (var at = SkipBlanks(sql, 0); at < sql.Length; at = SkipBlanks(sql, tokens[^1].End))
        {
            tokens.Add(Next(sql, at));
        }

        tokens.Add(new SqlToken(SqlTokenKind.End, "<EOF>", sql.Length, sql.Length));
        Nesting.Check(sql, tokens);
        return tokens;
    }

    private static SqlToken Next(string sql, int start)
    {
        var c = sql[start];
        if (c is '\'' or '"' or '`')
        {
            return Quoted(sql, start, c);
        }

        if (char.IsLetter(c) || c == '_')
        {
            return Run(SqlTokenKind.Word, sql, start, x => char.IsLetterOrDigit(x) || x is '_' or '$' or '@');
        }

        if (char.IsAsciiDigit(c) || (c == '.' && start + 1 < sql.Length && char.IsAsciiDigit(sql[start + 1])))
        {
            return Number(sql, start);
        }

        var symbol = Array.Find(LongSymbols, s => string.CompareOrdinal(sql, start, s, 0, s.Length) == 0) ?? sql.Substring(start, 1);
        return new SqlToken(SqlTokenKind.Symbol, symbol, start, start + symbol.Length);
    }

    private static SqlToken Quoted(string sql, int start, char quote)
    {
        for (var end = start + 1; end < sql.Length; end++)
        {
            if (sql[end] != quote)
            {
                continue;
            }

            if (end + 1 < sql.Length && sql[end + 1] == quote)
            {
                end++;
                continue;
            }
            var value = sql[(start + 1)..end].Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
            return new SqlToken(quote == '\'' ? SqlTokenKind.Text : SqlTokenKind.Quoted, value, start, end + 1);
        }
        throw QueryFailedException.Syntax($"{SqlPosition.Of(sql, start)}a quote ({quote}) is not closed");
    }

    private static SqlToken Number(string sql, int start)
    {
        var end = start;
        while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '.' || (sql[end] is '+' or '-' && sql[end - 1] is 'e' or 'E')))
        {
            end++;
        }

        return new SqlToken(SqlTokenKind.Number, sql[start..end], start, end);
    }

    private static SqlToken Run(SqlTokenKind kind, string sql, int start, Func<char, bool> belongs)
    {
        var end = start + 1;
        while (end < sql.Length && belongs(sql[end]))
        {
            end++;
        }

        return new SqlToken(kind, sql[start..end], start, end);
    }

    private static int SkipBlanks(string sql, int at)
    {
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at]))
            {
                at++;
            }
            else if (string.CompareOrdinal(sql, at, "--", 0, 2) == 0)
            {
                var line = sql.IndexOf('\n', at);
                at = line < 0 ? sql.Length : line + 1;
            }
            else if (string.CompareOrdinal(sql, at, "/*", 0, 2) == 0)
            {
                var close = sql.IndexOf("*/", at + 2, StringComparison.Ordinal);
                at = close >= 0 ? close + 2 : throw QueryFailedException.Syntax($"{SqlPosition.Of(sql, at)}a comment is not closed");
            }
            else
            {
                return at;
            }
        }
        return at;
    }
}

internal enum SqlTokenKind
{
    Word,
    Quoted,
    Text,
    Number,
    Symbol,
    End,
}

/// <param name="Value">A word or symbol as written; an identifier or string without its quotes.</param>
/// <param name="Start">Its offset in the query; <paramref name="End"/> is the offset after it.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Value, int Start, int End)
{
    public bool IsWord(string word) => Kind == SqlTokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == SqlTokenKind.Symbol && Value == symbol;
}

/// <summary>Formats positions in a query as in Trino's messages: <c>line 1:8</c>.</summary>
internal static class SqlPosition
{
    public static string Of(string sql, long offset)
    {
        if (offset < 0 || offset > sql.Length)
        {
            return "";
        }

        var before = sql.AsSpan(0, (int)offset);
        return $"line {before.Count('\n') + 1}:{before.Length - before.LastIndexOf('\n')}: ";
    }
}
