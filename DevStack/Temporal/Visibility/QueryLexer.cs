using System.Text;
using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>Splits a list query into tokens.</summary>
internal static class QueryLexer
{
    private static readonly string[] Symbols = ["!=", ">=", "<=", "=", ">", "<", "(", ")", ","];

    /// <exception cref="RequestException">A character belongs to no token.</exception>
    public static List<QueryToken> Tokens(string query)
    {
        List<QueryToken> tokens = [];
        var position = 0;
        while (position < query.Length)
        {
            var c = query[position];
            if (char.IsWhiteSpace(c))
            {
                position++;
            }
            else if (c is '\'' or '"' or '`')
            {
                var (text, end) = Quoted(query, position);
                tokens.Add(new(c == '`' ? TokenKind.Name : TokenKind.Text, text, position));
                position = end;
            }
            else if (Symbols.FirstOrDefault(s => string.CompareOrdinal(query, position, s, 0, s.Length) == 0) is { } symbol)
            {
                tokens.Add(new(TokenKind.Symbol, symbol, position));
                position += symbol.Length;
            }
            else if (char.IsLetterOrDigit(c) || c is '_' or '-' or '.')
            {
                var word = Word(query, position);
                var isNumber = double.TryParse(word, System.Globalization.CultureInfo.InvariantCulture, out _);
                tokens.Add(new(isNumber ? TokenKind.Number : TokenKind.Name, word, position));
                position += word.Length;
            }
            else
            {
                throw RpcErrors.InvalidArgument($"invalid query: unexpected '{c}' at position {position + 1}");
            }
        }

        tokens.Add(new(TokenKind.End, "", query.Length));
        return tokens;
    }

    private static string Word(string query, int start)
    {
        var end = start;
        while (end < query.Length && (char.IsLetterOrDigit(query[end]) || query[end] is '_' or '-' or '.' or ':' or '+'))
        {
            end++;
        }

        return query[start..end];
    }

    private static (string Text, int End) Quoted(string query, int start)
    {
        var text = new StringBuilder();
        for (var i = start + 1; i < query.Length; i++)
        {
            if (query[i] == '\\' && i + 1 < query.Length)
            {
                text.Append(query[++i]);
            }
            else if (query[i] == query[start])
            {
                return (text.ToString(), i + 1);
            }
            else
            {
                text.Append(query[i]);
            }
        }

        throw RpcErrors.InvalidArgument($"invalid query: the quote at position {start + 1} is not closed");
    }
}

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Name,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>A token of a list query and its position in the text.</summary>
internal readonly record struct QueryToken(TokenKind Kind, string Text, int Position)
{
    public bool IsKeyword(string word) => Kind == TokenKind.Name && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
