namespace Stedi.Temporal.Activities.Catalog;

/// <summary>A query in layers: each adds columns that are computed from those below it, so that no expression stands twice. Immutable.</summary>
internal sealed class SqlLayers
{
    private readonly string _sql;
    private readonly int _depth;

    private SqlLayers(string sql, int depth)
    {
        _sql = sql;
        _depth = depth;
    }

    /// <summary>Returns the first layer, which selects columns from a table.</summary>
    public static SqlLayers From(string table, params IEnumerable<string> columns) =>
        new($"SELECT {string.Join(", ", columns)}\nFROM {table}", 1);

    /// <summary>Returns the query with a layer that adds columns, each an expression with its name.</summary>
    public SqlLayers With(params IEnumerable<string> columns) => new($"SELECT *,\n    {string.Join(",\n    ", columns)}\nFROM (\n{_sql}\n) layer_{_depth}", _depth + 1);

    /// <summary>Returns the SELECT of some columns.</summary>
    public string Select(params IEnumerable<string> columns) => $"SELECT\n    {string.Join(",\n    ", columns)}\nFROM (\n{_sql}\n) layer_{_depth}";
}
