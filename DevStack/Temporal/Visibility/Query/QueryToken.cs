namespace Stedi.DevStack.Temporal.Visibility.Query;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Name,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>A token of a list query, and where it stands.</summary>
internal readonly record struct QueryToken(TokenKind Kind, string Text, int Position)
{
    public bool IsKeyword(string word) => Kind == TokenKind.Name && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
