using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Workflows;

/// <summary>What a run has staged and made so far, by the names that its SQL uses: immutable, grown with <see cref="With"/>.</summary>
public sealed class WorkTables
{
    readonly SortedDictionary<string, string> tables;

    /// <summary>Starts with the staged sources.</summary>
    public WorkTables(IEnumerable<StagedSource> staged) =>
        tables = new(staged.ToDictionary(source => source.Data.Table, source => source.Data.WorkTable), StringComparer.Ordinal);

    WorkTables(SortedDictionary<string, string> tables) => this.tables = tables;

    /// <summary>The same, and these tables.</summary>
    public WorkTables With(params IReadOnlyList<BuiltTable> made)
    {
        var grown = new SortedDictionary<string, string>(tables, StringComparer.Ordinal);
        foreach (var table in made)
        {
            grown[table.Table] = table.WorkTable;
        }

        return new(grown);
    }

    /// <summary>Names in the work database, by the names that the SQL uses.</summary>
    public IReadOnlyDictionary<string, string> Names => tables;
}
