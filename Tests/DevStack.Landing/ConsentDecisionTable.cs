using System.Text;
using Stedi.DevStack.Landing.Expectations;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>Writes the decisions of <see cref="ConsentRules"/> about people with one or two lines as Markdown tables.</summary>
internal static class ConsentDecisionTable
{
    private const long Registered = 1;
    private const long Before = 5;
    private const long Older = 10;
    private const long Newer = 20;
    private const long Run = 100;
    private const long AfterTheRun = 200;

    private static readonly IReadOnlyList<Shape> Shapes =
    [
        new("consent of the record's own time", at => new(true, at, Registered, at)),
        new("consent dated before both records", at => new(true, at, Registered, Before)),
        new("consent dated after the run", at => new(true, at, Registered, AfterTheRun)),
        new("consent of the record's own time, no lastUpdateDate", at => new(true, null, at, at)),
        new("no consent", at => new(true, at, Registered, null)),
        new("no consent, no lastUpdateDate", at => new(true, null, at, null)),
        new("rejected, no consent", at => new(false, at, Registered, null)),
        new("rejected, consent that cannot be read", at => new(false, at, Registered, null) { StatesConsent = true }),
        new("rejected, readable consent in force", at => new(false, at, Registered, at)),
        new("rejected, no consent, no readable lastUpdateDate", at => new(false, null, at, null)),
    ];

    private static readonly Dictionary<string, string> ShortReasons = new()
    {
        [ExclusionReasons.ConsentUnreadable] = "unreadable",
        [ExclusionReasons.UndatedWithdrawal] = "undated",
        [ExclusionReasons.EarlierWithdrawal] = "earlier",
        [ExclusionReasons.ConsentNotInForce] = "not yet",
        [ExclusionReasons.NoConsent] = "none",
    };

    public static string Markdown()
    {
        var text = new StringBuilder();
        text.AppendLine("One line of a person. The letters name its shape in the tables below.").AppendLine();
        AppendRow(text, ["", "line", "outcome"]);
        AppendRow(text, ["-", "-", "-"]);
        foreach (var shape in Shapes)
        {
            AppendRow(text, [Letter(shape), shape.Name, Decide(shape.At(Older)) is { Reason: { } reason } ? $"left out: {reason}" : "**published**"]);
        }

        text.AppendLine().AppendLine("Two lines of a person: the row is the older one, the column the newer one. **older** and **newer** name the record whose");
        text.AppendLine("consent and device are published. All others are left out: " + string.Join(", ", ShortReasons.Select(reason => $"{reason.Value} is `{reason.Key}`")) + ".").AppendLine();
        AppendMatrix(text, "older, newer", Older, Newer, (decision, newer) => decision.Record == newer ? "**newer**" : "**older**");
        text.AppendLine().AppendLine("Two lines of the same time:").AppendLine();
        AppendMatrix(text, "same time", Newer, Newer, (_, _) => "**published**");
        return text.ToString();
    }

    private static void AppendMatrix(StringBuilder text, string corner, long rowTime, long columnTime, Func<ConsentDecision, ConsentLine, string> published)
    {
        AppendRow(text, [corner, .. Shapes.Select(Letter)]);
        AppendRow(text, [.. Shapes.Prepend(Shapes[0]).Select(_ => "-")]);
        foreach (var row in Shapes)
        {
            AppendRow(text, [Letter(row), .. Shapes.Select(column => Cell(row.At(rowTime), column.At(columnTime), published))]);
        }
    }

    private static string Cell(ConsentLine row, ConsentLine column, Func<ConsentDecision, ConsentLine, string> published)
    {
        var decision = Decide(row, column);
        return decision.Reason is null ? published(decision, column) : ShortReasons[decision.Reason];
    }

    private static ConsentDecision Decide(params ConsentLine[] lines) => ConsentRules.Decide(lines, Run)!;

    private static string Letter(Shape shape) => ((char)('A' + Shapes.ToList().IndexOf(shape))).ToString();

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");

    private sealed record Shape(string Name, Func<long, ConsentLine> At);
}
