using System.Globalization;
using Stedi.DevStack.Temporal.Common;
using Range = Temporalio.Api.Schedule.V1.Range;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>One field of a calendar specification: its range, its default and its text format.</summary>
internal sealed record CalendarField(string Name, int Minimum, int Maximum, string Default, string[] Names, int NamesFrom = 0)
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static readonly CalendarField Second = new("second", 0, 59, "0", []);
    public static readonly CalendarField Minute = new("minute", 0, 59, "0", []);
    public static readonly CalendarField Hour = new("hour", 0, 23, "0", []);
    public static readonly CalendarField DayOfMonth = new("day of month", 1, 31, "*", []);
    public static readonly CalendarField Month = new("month", 1, 12, "*", Months, 1);
    public static readonly CalendarField Year = new("year", 2000, 2100, "*", []);
    public static readonly CalendarField DayOfWeek = new("day of week", 0, 7, "*", Days);

    /// <summary>Parses text such as "1,5-10/2,*/15". Empty text means the default. For years, an empty result means every year.</summary>
    /// <exception cref="RequestException">The text is not valid for the field.</exception>
    public IEnumerable<Range> Parse(string text)
    {
        var effective = string.IsNullOrWhiteSpace(text) ? Default : text.Trim();
        return ReferenceEquals(this, Year) && effective == "*" ? [] : effective.Split(',').Select(ParsePart);
    }

    /// <exception cref="RequestException">The range exceeds the bounds of the field.</exception>
    public void Validate(Range range)
    {
        if (range.Start < Minimum || range.Start > Maximum || range.End > Maximum)
        {
            throw Bad($"{range.Start}-{range.End}");
        }
    }

    private Range ParsePart(string part)
    {
        var (range, step) = part.Split('/') switch
        {
            [var only] => (only, 1),
            [var first, var second] => (first, Number(second)),
            _ => throw Bad(part),
        };
        var hasStep = part.Contains('/', StringComparison.Ordinal);
        var (start, end) = range.Split('-') switch
        {
            ["*"] or ["?"] => (Minimum, ReferenceEquals(this, DayOfWeek) ? 6 : Maximum),
            [var only] => (Value(only), hasStep ? Maximum : Value(only)),
            [var first, var second] => (Value(first), Value(second)),
            _ => throw Bad(part),
        };
        if (start > end || step < 1)
        {
            throw Bad(part);
        }

        return ReferenceEquals(this, DayOfWeek) && start == 7 ? new() { Start = 0, End = 0, Step = step } : new() { Start = start, End = end, Step = step };
    }

    private int Value(string text)
    {
        var named = Array.FindIndex(Names, name => text.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        var value = named >= 0 ? named + NamesFrom : Number(text);
        return value >= Minimum && value <= Maximum ? value : throw Bad(text);
    }

    private int Number(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad(text);

    private RequestException Bad(string text) =>
        RpcErrors.InvalidArgument($"Invalid schedule spec: \"{text}\" is not a valid {Name} ({Minimum} to {Maximum}).");
}
