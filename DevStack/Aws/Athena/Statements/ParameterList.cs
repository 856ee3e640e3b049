using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Statements;

/// <summary>Values for the question marks of a statement. Only literals are values, so that no SQL comes in by this door.</summary>
internal static class ParameterList
{
    /// <summary>Literals separated by commas, up to the end.</summary>
    public static List<string> Read(TokenReader reader)
    {
        var values = new List<string>();
        do
        {
            values.Add(Literal(reader));
        }
        while (reader.Skip(","));
        return values;
    }

    /// <summary>Puts the values, as SQL literals, where the question marks are.</summary>
    public static string Bind(string sql, IReadOnlyList<string> values)
    {
        var marks = SqlLexer.Tokens(sql).Where(t => t.IsSymbol("?")).ToList();
        if (marks.Count != values.Count)
        {
            throw QueryFailedException.Syntax($"Incorrect number of parameters: expected {marks.Count} but found {values.Count}");
        }

        var text = new System.Text.StringBuilder();
        var at = 0;
        foreach (var (mark, value) in marks.Zip(values))
        {
            text.Append(sql, at, mark.Start - at).Append(value);
            at = mark.End;
        }
        return text.Append(sql, at, sql.Length - at).ToString();
    }

    /// <summary>An execution parameter as a literal: what already is one stays, all else is text.</summary>
    public static string FromExecutionParameter(string value)
    {
        try
        {
            var reader = new TokenReader(value, SqlLexer.Tokens(value));
            var literal = Literal(reader);
            reader.End();
            return literal;
        }
        catch (QueryFailedException)
        {
            return Quote(value);
        }
    }

    private static string Literal(TokenReader reader)
    {
        var sign = reader.Skip("-") ? "-" : "";
        var token = reader.Read();
        return token.Kind switch
        {
            SqlTokenKind.Number => sign + token.Value,
            SqlTokenKind.Text when sign == "" => Quote(token.Value),
            SqlTokenKind.Word when sign == "" && token.Value.ToUpperInvariant() is "TRUE" or "FALSE" or "NULL" => token.Value,
            SqlTokenKind.Word when sign == "" && token.Value.ToUpperInvariant() is "DATE" or "TIMESTAMP" && reader.Current.Kind == SqlTokenKind.Text => $"{token.Value} {Quote(reader.Text())}",
            _ => throw reader.Mismatch("<literal>"),
        };
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
