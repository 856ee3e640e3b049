using System.Text;
using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Translates date and time functions that take a unit or format, which must be a literal.</summary>
internal static class TimeRules
{
    private static readonly HashSet<string> Units = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"];

    // Format specifiers of MySQL, which date_format and date_parse use, and those of strftime.
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['a'] = "%a",
        ['b'] = "%b",
        ['c'] = "%-m",
        ['d'] = "%d",
        ['e'] = "%-d",
        ['f'] = "%f",
        ['H'] = "%H",
        ['h'] = "%I",
        ['I'] = "%I",
        ['i'] = "%M",
        ['j'] = "%j",
        ['k'] = "%-H",
        ['l'] = "%-I",
        ['M'] = "%B",
        ['m'] = "%m",
        ['p'] = "%p",
        ['r'] = "%I:%M:%S %p",
        ['S'] = "%S",
        ['s'] = "%S",
        ['T'] = "%H:%M:%S",
        ['W'] = "%A",
        ['Y'] = "%Y",
        ['y'] = "%y",
        ['%'] = "%%",
    };

    /// <summary>EXTRACT(unit FROM x). Days of the week are numbered from Monday as 1.</summary>
    public static FunctionRule Extract() => new(2, 2, (call, scope) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        var unit = Literal(arguments[0], call, scope).ToLowerInvariant();
        var function = unit switch
        {
            "year" or "quarter" or "month" or "week" or "day" or "hour" or "minute" or "second" => unit,
            "dow" or "day_of_week" => "isodow",
            "doy" or "day_of_year" => "dayofyear",
            _ => throw QueryFailedException.NotSupported($"{scope.At(call.Location())}EXTRACT of {unit}"),
        };
        return Ast.Function(function, arguments[1]);
    });

    /// <summary>date_trunc of a date is a date in Athena, and a timestamp in DuckDB.</summary>
    public static FunctionRule Truncate() => new(2, 2, (call, scope) =>
    {
        Unit(call["children"]![0]!, call, scope);
        return IsDate(call["children"]![1]!) ? Ast.Cast(call, "DATE") : call;
    });

    /// <summary>Athena's date_diff counts elapsed whole units, as DuckDB's date_sub does; DuckDB's date_diff counts crossed boundaries.</summary>
    public static FunctionRule Difference() => new(3, 3, (call, scope) =>
    {
        Unit(call["children"]![0]!, call, scope, "millisecond");
        call["function_name"] = "date_sub";
        return call;
    });

    public static FunctionRule Add() => new(3, 3, (call, scope) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        var unit = Unit(arguments[0], call, scope, "millisecond");
        var count = Ast.Cast(arguments[1], "INTEGER");
        var interval = unit switch
        {
            "quarter" => Ast.Function("to_months", Ast.Function("*", count, Ast.Integer(3))),
            "week" => Ast.Function("to_days", Ast.Function("*", count, Ast.Integer(7))),
            "millisecond" => Ast.Function("to_milliseconds", Ast.Cast(count, "DOUBLE")),
            _ => Ast.Function($"to_{unit}s", count),
        };
        var sum = Ast.Function("+", arguments[2], interval);
        return IsDate(arguments[2]) ? Ast.Cast(sum, "DATE") : sum;
    });

    public static FunctionRule Format(string function) => new(2, 2, (call, scope) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        return Ast.Function(function, arguments[0], Ast.Text(Pattern(Literal(arguments[1], call, scope), call, scope)));
    });

    private static string Pattern(string format, JsonObject call, QueryScope scope)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
            }
            else if (Letters.TryGetValue(format[++i], out var letter))
            {
                text.Append(letter);
            }
            else
            {
                throw QueryFailedException.NotSupported($"{scope.At(call.Location())}the format specifier %{format[i]}");
            }
        }
        return text.ToString();
    }

    // Whether an expression is a date can only be seen by its syntax; the types of columns are not known here.
    private static bool IsDate(JsonNode node) => node is JsonObject o &&
        (o.Text("class") == "CAST" && o["cast_type"]!.AsObject().Text("id") == "DATE" ||
         o.Text("class") == "FUNCTION" && o.Text("function_name") is "trino_cast_date" or "trino_try_date" ||
         o.Text("class") == "COLUMN_REF" && o["column_names"] is JsonArray { Count: 1 } names && ((string)names[0]!).Equals("current_date", StringComparison.OrdinalIgnoreCase));

    private static string Unit(JsonNode node, JsonObject call, QueryScope scope, string? also = null)
    {
        var unit = Literal(node, call, scope).ToLowerInvariant();
        return Units.Contains(unit) || unit == also ? unit
            : throw new QueryFailedException($"INVALID_FUNCTION_ARGUMENT: {scope.At(call.Location())}'{unit}' is not a valid unit", AthenaErrorType.InvalidArgument);
    }

    private static string Literal(JsonNode node, JsonObject call, QueryScope scope) =>
        Ast.Literal(node) ?? throw QueryFailedException.NotSupported($"{scope.At(call.Location())}{call.Text("function_name")} with a unit or format that is not a literal");
}
