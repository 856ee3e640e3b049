namespace Stedi.Temporal.Workflows.Lake;

/// <summary>A snapshot that a rollback may go back to, with its tables readable as work tables of the rollback's run.</summary>
/// <param name="Generation">Its generation.</param>
/// <param name="Policy">The policy that its tables were made under.</param>
/// <param name="SourcePrefix">Where the data that it was made from landed.</param>
/// <param name="WorkTables">Its tables in the work database, by the names that the SQL uses.</param>
public sealed record KeptSnapshot(long Generation, ConsentPolicy Policy, string SourcePrefix, IReadOnlyDictionary<string, string> WorkTables);
