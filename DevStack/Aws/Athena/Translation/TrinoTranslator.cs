using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>
/// Translates Athena's SQL to DuckDB's. Syntax that only Trino has is rewritten first. Then every node of the syntax tree must be
/// known to mean the same in DuckDB, or is rewritten so that it does. Everything else is refused.
/// </summary>
internal sealed class TrinoTranslator(SyntaxTree syntax, CastPushdown typedReads)
{
    /// <exception cref="QueryFailedException">The query is invalid or uses something that is not supported.</exception>
    public TranslatedQuery Translate(string sql, string? defaultDatabase)
    {
        var text = LexicalRules.Apply(sql);
        var tree = syntax.Parse(text);
        var scope = new QueryScope(text, defaultDatabase, UsesPath(text));
        new QueryRules(scope).Statement(tree);
        JsonPickFields.Apply(tree);
        var hidden = typedReads.Apply(tree, scope);
        var columns = scope.SelectsAll ? null : hidden.Count > 0 ? CastPushdown.ColumnsOf(tree) : scope.Columns;
        return new TranslatedQuery(syntax.ToSql(tree), scope.Tables, columns, scope.UsesPath, hidden, QueryRules.IsOrdered(tree));
    }

    private static bool UsesPath(string sql) =>
        sql.Contains("$path", StringComparison.OrdinalIgnoreCase) &&
        SqlLexer.Tokens(sql).Exists(t => t.Kind == SqlTokenKind.Quoted && t.Value.Equals(QueryScope.Path, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A query for DuckDB, which needs views of the tables that it reads.</summary>
/// <param name="Columns">All column names that it mentions, or null if it selects <c>*</c>.</param>
/// <param name="Hidden">Columns by which <see cref="CastPushdown"/> replaced casts.</param>
/// <param name="IsOrdered">Whether the order of its rows is part of the query.</param>
internal sealed record TranslatedQuery(string Sql, IReadOnlyCollection<TableReference> Tables, IReadOnlySet<string>? Columns, bool UsesPath, IReadOnlySet<string> Hidden, bool IsOrdered);

/// <summary>A catalogue table that a query reads. Names are in lower case.</summary>
internal sealed record TableReference(string Database, string Table);
