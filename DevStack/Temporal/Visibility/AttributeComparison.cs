using System.Globalization;
using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>Compares an attribute's value with the operand of a query, by the attribute's type.</summary>
internal static class AttributeComparison
{
    /// <exception cref="RequestException">The operand cannot be compared with the attribute.</exception>
    public static void Check(string attribute, QueryToken operand)
    {
        if (SearchAttributeCatalog.System.TryGetValue(attribute, out var type) && type == IndexedValueType.Datetime && Time(operand.Text) is null)
        {
            throw RpcErrors.InvalidArgument($"invalid query: {attribute} needs a time such as '2026-01-31T12:00:00Z', not '{operand.Text}'");
        }

        if (attribute == "ExecutionStatus" && Status(operand.Text) is null)
        {
            throw RpcErrors.InvalidArgument($"invalid query: '{operand.Text}' is not an execution status");
        }
    }

    public static bool Matches(string attribute, VisibilityRow row, string comparison, QueryToken operand)
    {
        var text = attribute == "ExecutionStatus" ? Status(operand.Text)?.ToString() ?? operand.Text : operand.Text;
        return row[attribute] switch
        {
            null => comparison == "!=",
            string[] list => list.Contains(text) == (comparison == "="),
            string value => Matches(string.CompareOrdinal(value, text), comparison),
            bool value => bool.TryParse(text, out var other) && Matches(value.CompareTo(other), comparison),
            DateTimeOffset value => Time(text) is { } other && Matches(value.CompareTo(other), comparison),
            double value => Number(attribute, text) is { } other && Matches(value.CompareTo(other), comparison),
            _ => false,
        };
    }

    public static bool StartsWith(object? value, string prefix) => value switch
    {
        string text => text.StartsWith(prefix, StringComparison.Ordinal),
        string[] list => list.Any(item => item.StartsWith(prefix, StringComparison.Ordinal)),
        _ => false,
    };

    private static bool Matches(int order, string comparison) => comparison switch
    {
        "=" => order == 0,
        "!=" => order != 0,
        ">" => order > 0,
        ">=" => order >= 0,
        "<" => order < 0,
        _ => order <= 0,
    };

    private static WorkflowExecutionStatus? Status(string text) =>
        Enum.TryParse<WorkflowExecutionStatus>(text, ignoreCase: true, out var status) ? status : null;

    private static DateTimeOffset? Time(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var nanoseconds) ? DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : null;

    // Durations are stored in nanoseconds; queries may write them like Go ("1h30m").
    private static double? Number(string attribute, string text)
    {
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        try
        {
            return attribute == "ExecutionDuration" ? GoDuration.Parse(text).TotalNanoseconds : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
