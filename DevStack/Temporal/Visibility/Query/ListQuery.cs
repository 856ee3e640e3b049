namespace Stedi.DevStack.Temporal.Visibility.Query;

/// <summary>A parsed list query: which rows, and by what to group a count.</summary>
public sealed record ListQuery(Func<VisibilityRow, bool> Matches, string? GroupBy);
