using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>What one translation collects, and the names that hide tables while it walks.</summary>
internal sealed class QueryScope(string sql, string? defaultDatabase, bool usesPath)
{
    public const string Path = "$path";

    private readonly List<string> _commonTables = [];

    public HashSet<TableReference> Tables { get; } = [];

    public HashSet<string> Macros { get; } = [];

    public HashSet<string> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool SelectsAll { get; set; }

    /// <summary>Inside TRY, where faults become NULL: DuckDB's TRY does not take a function that raises them itself.</summary>
    public bool IsInTry { get; set; }

    public bool UsesPath => usesPath;

    public int Depth => _commonTables.Count;

    public void Enter(string commonTable) => _commonTables.Add(commonTable);

    public void LeaveTo(int depth) => _commonTables.RemoveRange(depth, _commonTables.Count - depth);

    public bool IsCommonTable(string name) => _commonTables.Exists(t => t.Equals(name, StringComparison.OrdinalIgnoreCase));

    public string At(long location) => SqlPosition.Of(sql, location);

    public TableReference Use(string? database, string table, long location)
    {
        var reference = new TableReference((database ?? defaultDatabase
            ?? throw QueryFailedException.Syntax($"{At(location)}Schema must be specified when session schema is not set")).ToLowerInvariant(), table.ToLowerInvariant());
        Tables.Add(reference);
        return reference;
    }
}
