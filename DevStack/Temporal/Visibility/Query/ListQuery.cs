namespace Stedi.DevStack.Temporal.Visibility.Query;

/// <summary>A parsed list query: which rows, by what to group a count, and the attributes it names.</summary>
public sealed record ListQuery(Func<VisibilityRow, bool> Matches, string? GroupBy, IReadOnlySet<string> Attributes);
