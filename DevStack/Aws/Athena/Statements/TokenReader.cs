using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Statements;

/// <summary>Reads tokens in order, and reports unexpected ones as Trino's parser does.</summary>
internal sealed class TokenReader(string sql, List<SqlToken> tokens)
{
    private int _at;

    public SqlToken Current => tokens[_at];

    public SqlToken Peek(int ahead = 1) => tokens[Math.Min(_at + ahead, tokens.Count - 1)];

    public SqlToken Read() => tokens[Current.Kind == SqlTokenKind.End ? _at : _at++];

    public bool Skip(string word)
    {
        var found = Current.IsWord(word) || Current.IsSymbol(word);
        _at += found ? 1 : 0;
        return found;
    }

    /// <summary>Skips the words if all of them follow.</summary>
    public bool SkipAll(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!Peek(i).IsWord(words[i]))
            {
                return false;
            }
        }
        _at += words.Length;
        return true;
    }

    public void Expect(string word)
    {
        if (!Skip(word))
        {
            throw Mismatch($"'{word.ToUpperInvariant()}'");
        }
    }

    public string Identifier()
    {
        if (Current.Kind is not (SqlTokenKind.Word or SqlTokenKind.Quoted))
        {
            throw Mismatch("<identifier>");
        }

        return Read().Value.ToLowerInvariant();
    }

    public string Text()
    {
        if (Current.Kind != SqlTokenKind.Text)
        {
            throw Mismatch("<string>");
        }

        return Read().Value;
    }

    public void End()
    {
        Skip(";");
        if (Current.Kind != SqlTokenKind.End)
        {
            throw Mismatch("<EOF>");
        }
    }

    /// <summary>Reads a parenthesized text and returns it without the parentheses.</summary>
    public string Parenthesized()
    {
        Expect("(");
        var start = Current.Start;
        for (var depth = 1; ; Read())
        {
            if (Current.Kind == SqlTokenKind.End)
            {
                throw Mismatch("')'");
            }

            depth += Current.IsSymbol("(") ? 1 : Current.IsSymbol(")") ? -1 : 0;
            if (depth == 0)
            {
                return sql[start..Read().Start];
            }
        }
    }

    /// <summary>Reads the rest of the statement, without a closing semicolon.</summary>
    public string Rest()
    {
        var last = tokens[^2].IsSymbol(";") && tokens.Count - 2 >= _at ? tokens[^2].Start : sql.Length;
        var text = sql[Math.Min(Current.Start, last)..last];
        _at = tokens.Count - 1;
        return text;
    }

    public QueryFailedException Mismatch(string expected) =>
        QueryFailedException.Syntax($"{SqlPosition.Of(sql, Current.Start)}mismatched input '{Current.Value}'. Expecting: {expected}");
}
