namespace Stedi.DevStack.Aws.Athena.Statements;

internal enum SqlTokenKind
{
    Word,
    Quoted,
    Text,
    Number,
    Symbol,
    End,
}

/// <param name="Value">The word as written, an identifier or string without its quotes, a symbol.</param>
/// <param name="Start">Where it stands in the query, and <paramref name="End"/> the place after it.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Value, int Start, int End)
{
    public bool IsWord(string word) => Kind == SqlTokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == SqlTokenKind.Symbol && Value == symbol;
}
