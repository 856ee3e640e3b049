namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Quotes literals and identifiers for generated SQL.</summary>
internal static class SqlText
{
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Literal))}]";
}
