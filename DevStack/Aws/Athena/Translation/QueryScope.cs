using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>The state of one translation: what it has collected, and the common table expressions in scope.</summary>
internal sealed class QueryScope(string sql, string? defaultDatabase, bool usesPath)
{
    public const string Path = "$path";

    private readonly List<string> _commonTables = [];

    public HashSet<TableReference> Tables { get; } = [];

    public HashSet<string> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool SelectsAll { get; set; }

    /// <summary>Whether the translation is inside TRY. DuckDB's TRY does not catch errors of error(), so other macros are used there.</summary>
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
