namespace Stedi.DevStack.Aws.Athena.Statements;

/// <summary>Places in a query as Trino's messages name them: <c>line 1:8</c>.</summary>
internal static class SqlPosition
{
    public static string Of(string sql, long offset)
    {
        if (offset < 0 || offset > sql.Length)
            return "";
        var before = sql.AsSpan(0, (int)offset);
        return $"line {before.Count('\n') + 1}:{before.Length - before.LastIndexOf('\n')}: ";
    }
}
