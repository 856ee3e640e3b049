using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Statements;

/// <summary>Binds values to the question marks of a statement. Only literals are accepted, which prevents SQL injection.</summary>
internal static class ParameterList
{
    /// <summary>Reads literals separated by commas.</summary>
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

    /// <summary>Replaces the question marks by the values, which are SQL literals.</summary>
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

    /// <summary>Converts an execution parameter to a literal. One that is not a literal already becomes text.</summary>
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
