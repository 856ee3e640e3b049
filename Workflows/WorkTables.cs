using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Workflows;

/// <summary>What a run has staged and made so far: immutable, grown with <see cref="With"/>.</summary>
internal sealed class WorkTables
{
    private readonly IReadOnlyList<StagedSource> _staged;
    private readonly IReadOnlyList<BuiltTable> _made;

    /// <summary>Starts with the staged sources.</summary>
    public WorkTables(IEnumerable<StagedSource> staged)
        : this([.. staged], [])
    {
    }

    private WorkTables(IReadOnlyList<StagedSource> staged, IReadOnlyList<BuiltTable> made)
    {
        _staged = staged;
        _made = made;
    }

    /// <summary>The same, and these tables.</summary>
    public WorkTables With(params IReadOnlyList<BuiltTable> more) => new(_staged, [.. _made, .. more]);

    /// <summary>Names in the work database, by the names that the SQL uses; sorted, so that payloads are repeatable.</summary>
    public IReadOnlyDictionary<string, string> Names => new SortedDictionary<string, string>(
        _staged.Select(source => source.Data).Concat(_made).ToDictionary(table => table.Table, table => table.WorkTable), StringComparer.Ordinal);

    /// <summary>Some of it as lineage names it: sources and tables, by name.</summary>
    public IReadOnlyList<Dataset> Datasets(IReadOnlyList<string> names) =>
    [
        .. _staged.Where(source => names.Contains(source.Source)).Select(Dataset.Staged),
        .. _made.Where(table => names.Contains(table.Table)).Select(Dataset.Table),
    ];
}
