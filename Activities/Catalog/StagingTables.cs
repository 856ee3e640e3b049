namespace Stedi.Temporal.Activities.Catalog;

/// <summary>What staging reads. Names of tables are qualified and quoted.</summary>
/// <param name="Text">The table of the source's lines, with the single column <c>line</c>.</param>
/// <param name="PseudonymKey">The restricted table of the key that the hashes of lines are made with.</param>
/// <param name="ClearedLines">The restricted table of cleared lines, or null if there is none.</param>
/// <param name="AsOf">The run's time, in milliseconds since 1970. Later times are implausible.</param>
public sealed record StagingTables(string Text, string PseudonymKey, string? ClearedLines, long AsOf);
