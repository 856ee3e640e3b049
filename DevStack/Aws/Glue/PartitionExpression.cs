using System.Globalization;
using System.Text.RegularExpressions;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Glue;

/// <summary>Parses the filter of GetPartitions if it is a conjunction of comparisons: <c>year = '2024' AND month &gt;= 3</c>.
/// Anything else is refused.</summary>
internal static partial class PartitionExpression
{
    public static Func<IReadOnlyList<string>, bool> Parse(string expression, IReadOnlyList<string> keys, JsonCall call)
    {
        var conditions = And().Split(expression).Select(part => Condition(part, keys, call)).ToList();
        return values => conditions.TrueForAll(c => c(values));
    }

    private static Func<IReadOnlyList<string>, bool> Condition(string text, IReadOnlyList<string> keys, JsonCall call)
    {
        var match = Comparison().Match(text);
        var index = match.Success ? keys.ToList().FindIndex(k => k.Equals(match.Groups["key"].Value, StringComparison.OrdinalIgnoreCase)) : -1;
        if (index < 0)
        {
            throw call.Invalid($"Unsupported expression '{text.Trim()}': only comparisons of partition keys joined by AND are supported here.");
        }

        var value = match.Groups["text"].Success ? match.Groups["text"].Value : match.Groups["number"].Value;
        var isNumber = match.Groups["number"].Success;
        return values => Holds(match.Groups["op"].Value, Compare(values[index], value, isNumber));
    }

    private static int Compare(string left, string right, bool asNumber) =>
        asNumber && decimal.TryParse(left, CultureInfo.InvariantCulture, out var l) && decimal.TryParse(right, CultureInfo.InvariantCulture, out var r)
            ? l.CompareTo(r)
            : string.CompareOrdinal(left, right);

    private static bool Holds(string op, int order) => op switch
    {
        "=" => order == 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        ">=" => order >= 0,
        _ => order != 0,
    };

    [GeneratedRegex(@"\s+AND\s+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex And();

    [GeneratedRegex(@"^[\s(]*""?(?<key>\w+)""?\s*(?<op><=|>=|<>|!=|=|<|>)\s*(?:'(?<text>[^']*)'|(?<number>-?\d+(\.\d+)?))[\s)]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Comparison();
}
