using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Creates the rules of <see cref="FunctionList"/>.</summary>
internal static partial class FunctionRewrites
{
    private const int Many = 100;

    public static FunctionRule Same(int min, int? max = null) => new(min, max ?? min, (call, _) => call);

    public static FunctionRule As(string name, int min, int? max = null) => new(min, max ?? min, (call, _) =>
    {
        call["function_name"] = name;
        call["is_operator"] = false;
        return call;
    });

    public static FunctionRule Macro(string name, int min, int? max = null) => new(min, max ?? min, (call, scope) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        var macro = max is null ? name : $"{name}_{arguments.Count}";
        return Ast.Function(macro, arguments);
    });

    /// <summary>In Trino division of whole numbers fails for zero and drops the fraction.</summary>
    public static FunctionRule Division(string macro) => new(2, 2, (call, scope) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        if (arguments.Exists(IsDecimalLiteral) && macro == "trino_divide")
        {
            throw QueryFailedException.NotSupported($"{scope.At(call.Location())}division by or of a decimal literal rounds to its scale in Athena; write 2e0 for a double");
        }

        if (Ast.IsNonZeroNumber(arguments[1]))
        {
            return Ast.Function(macro == "trino_divide" ? "//" : "%", arguments);
        }

        var name = scope.IsInTry ? macro.Replace("trino_", "trino_try_", StringComparison.Ordinal) : macro;
        return Ast.Function(name, arguments);
    });

    /// <summary>DuckDB's length takes text only; the bytes of text are counted without making them.</summary>
    public static FunctionRule Length() => new(1, 1, (call, _) =>
    {
        if (call["children"]![0] is JsonObject argument && argument.Text("function_name") is "encode" or "to_utf8")
        {
            return Ast.Function("strlen", Ast.Detach(argument["children"]!.AsArray()));
        }

        return call;
    });

    public static FunctionRule Conditional() => new(2, 2, (call, _) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        return Ast.Case([(arguments[0], arguments[1])], Ast.Null());
    });

    public static FunctionRule CountDistinct() => new(1, 2, (call, _) =>
    {
        if (call["children"] is JsonArray { Count: 2 } arguments)
        {
            arguments.RemoveAt(1); // The maximum standard error, which an exact count meets.
        }

        call["function_name"] = "count";
        call["distinct"] = true;
        return call;
    });

    /// <summary>Trino returns NULL if any argument is NULL; DuckDB ignores NULLs.</summary>
    public static FunctionRule NullIfAnyNull() => new(1, Many, (call, _) =>
    {
        var checks = call["children"]!.AsArray().Select(c => ((JsonNode)Ast.Operator("OPERATOR_IS_NULL", c!.DeepClone()), (JsonNode)Ast.Null()));
        return Ast.Case(checks, call);
    });

    /// <summary>Trino's concat returns NULL if any part is NULL, like || in both; DuckDB's own concat ignores NULLs.</summary>
    public static FunctionRule Chain(string op) => new(2, Many, (call, _) => Ast.Detach(call["children"]!.AsArray()).Aggregate((a, b) => Ast.Function(op, a, b)));

    public static FunctionRule Swapped(string name) => new(2, 2, (call, _) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        return Ast.Function(name, arguments[1], arguments[0]);
    });

    public static FunctionRule Replacement(string macro) => new(2, 3, (call, scope) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        if (arguments.Count == 2)
        {
            arguments.Add(Ast.Text(""));
        }
        // Only a long replacement can produce a result that is much longer than its input.
        if (Ast.Literal(arguments[2]) is { Length: <= MacroLibrary.MaxUncheckedLength } || Ast.Arguments(arguments[2], "chr", 1) is not null)
        {
            return Ast.Function("replace", arguments);
        }

        return Ast.Function(macro, arguments);
    });

    /// <summary>Applies Trino's limit on the length of a sequence, which is computed differently for numbers and for times.</summary>
    public static FunctionRule Sequence(string macro) => new(2, 3, (call, scope) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        var name = $"{macro}_{arguments.Count}";
        if (arguments.Count == 3 && arguments[2] is JsonObject step && ((step["cast_type"] as JsonObject)?.Text("id") == "INTERVAL" || Interval().IsMatch(step.Text("function_name"))))
        {
            name = $"{macro}_of_times";
        }

        return Ast.Function(name, arguments);
    });

    /// <summary>Without rows it is 0 in Trino and NULL in DuckDB.</summary>
    public static FunctionRule CountIf() => new(1, 1, (call, _) =>
    {
        CountOnlyTrue(call);
        return call;
    });

    /// <summary>Changes <c>count_if(x)</c> to a count of what is not NULL.</summary>
    public static void CountOnlyTrue(JsonObject call)
    {
        call["function_name"] = "count";
        var condition = Ast.Detach(call["children"]!.AsArray())[0];
        call["children"]!.AsArray().Add(Ast.Case([(condition, Ast.Integer(1))], Ast.Null()));
    }

    /// <summary>Removes blanks, or those characters that a second argument lists.</summary>
    public static FunctionRule Trim(string name) => new(1, 2, (call, scope) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        if (arguments.Count == 2)
        {
            return Ast.Function(name, arguments);
        }

        return Ast.Function("trino_" + name, arguments);
    });

    /// <summary>The first place of a text, or that of a later occurrence.</summary>
    public static FunctionRule Occurrence() => new(2, 3, (call, _) =>
    {
        if (call["children"] is JsonArray { Count: 3 })
        {
            call["function_name"] = "clr_strpos";
        }

        return call;
    });

    /// <summary>The form of Unicode is written like a column.</summary>
    public static FunctionRule Normalization() => new(1, 2, (call, scope) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        var form = arguments.Count == 1 ? "NFC" : (arguments[1] as JsonObject)?["column_names"] is JsonArray { Count: 1 } names ? ((string)names[0]!).ToUpperInvariant() : "";
        return form is "NFC" ? Ast.Function("nfc_normalize", arguments[0])
            : throw QueryFailedException.Syntax($"{scope.At(call.Location())}the second argument of normalize must be NFC, NFD, NFKC or NFKD");
    });

    /// <summary>An element of an array, from the end if the index is negative, or a map's value, or NULL without one.</summary>
    public static FunctionRule Element() => new(2, 2, (call, _) => Ast.Operator("ARRAY_EXTRACT", Ast.Detach(call["children"]!.AsArray())));

    private static bool IsDecimalLiteral(JsonNode node) => (string?)(node as JsonObject)?["value"]?["type"]?["id"] == "DECIMAL";

    [GeneratedRegex("^to_(seconds|minutes|hours|days|months|years)$")]
    private static partial Regex Interval();
}
