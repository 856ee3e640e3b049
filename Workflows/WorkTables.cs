using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Workflows;

/// <summary>The tables that a run has staged and built so far. Immutable.</summary>
internal sealed class WorkTables
{
    private readonly IReadOnlyList<StagedSource> _staged;
    private readonly IReadOnlyList<BuiltTable> _built;

    /// <summary>Creates the set of staged sources.</summary>
    public WorkTables(IEnumerable<StagedSource> staged)
        : this([.. staged], [])
    {
    }

    private WorkTables(IReadOnlyList<StagedSource> staged, IReadOnlyList<BuiltTable> built)
    {
        _staged = staged;
        _built = built;
    }

    /// <summary>The staged sources.</summary>
    public IReadOnlyList<StagedSource> Staged => _staged;

    /// <summary>Returns a set with more tables.</summary>
    public WorkTables With(params IReadOnlyList<BuiltTable> more) => new(_staged, [.. _built, .. more]);

    /// <summary>The names in the work database, by the names that the SQL uses. Sorted, so that payloads are deterministic.</summary>
    public IReadOnlyDictionary<string, string> Names => new SortedDictionary<string, string>(
        _staged.Select(source => source.Data).Concat(_built).ToDictionary(table => table.Table, table => table.WorkTable), StringComparer.Ordinal);

    /// <summary>The datasets of some sources and tables.</summary>
    public IReadOnlyList<Dataset> Datasets(IReadOnlyList<string> names) =>
    [
        .. _staged.Where(source => names.Contains(source.Source)).Select(Dataset.Staged),
        .. _built.Where(table => names.Contains(table.Table)).Select(Dataset.Table),
    ];
}
