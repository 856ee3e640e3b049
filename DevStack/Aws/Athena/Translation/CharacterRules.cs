using System.Text;
using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>
/// Recognises how SQL counts or tests the characters of a text. Trino has no function for it, and DuckDB would make a new text for
/// each row.
/// </summary>
internal static class CharacterRules
{
    /// <summary>Subtraction, where <c>length(s) - length(replace(s, 'c', ''))</c> is the number of occurrences of a character.</summary>
    public static FunctionRule Subtraction() => new(1, 2, (call, _) =>
        call["children"] is JsonArray { Count: 2 } operands
        && Ast.Arguments(operands[0], "length", 1) is [var text]
        && Ast.Arguments(operands[1], "length", 1) is [var rest]
        && Ast.Arguments(rest, "replace", 3) is [var replaced, var character, var replacement]
        && Ast.Literal(character) is { Length: 1 } c && char.IsAscii(c[0]) && Ast.Literal(replacement) == "" && Ast.AreAlike(text, replaced)
            ? Ast.Function("clr_count", [.. Ast.Detach(operands[0]!["children"]!.AsArray()), Ast.Text(c)])
            : call);

    /// <summary>A comparison, where <c>translate(s, 'abc', '') = ''</c> tells whether a text has no other characters.</summary>
    public static JsonObject Comparison(JsonObject comparison) =>
        comparison.Text("type") == "COMPARE_EQUAL" && Ast.Literal(comparison["right"]) == ""
        && Ast.Arguments(comparison["left"], "translate", 3) is [_, var characters, var replacement] arguments
        && Ast.Literal(characters) is { Length: > 0 } allowed && Ascii.IsValid(allowed) && Ast.Literal(replacement) == ""
            ? Ast.Function("clr_has_only", [.. Ast.Detach(arguments).Take(2)])
            : comparison;
}
