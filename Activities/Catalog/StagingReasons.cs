namespace Stedi.Temporal.Activities.Catalog;

/// <summary>The reasons of staged lines that are neither accepted nor rejected.</summary>
public static class StagingReasons
{
    /// <summary>The line holds nothing, or only the brackets of an array.</summary>
    public const string Blank = "blank line";

    /// <summary>Somebody has looked at the line and cleared it. It counts as blank.</summary>
    public const string Cleared = "cleared line";

    /// <summary>Both, as the content of an SQL list.</summary>
    internal const string BlankOrClearedSql = $"'{Blank}', '{Cleared}'";
}
