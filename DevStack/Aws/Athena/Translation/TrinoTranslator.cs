using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>
/// Athena's SQL to DuckDB's. Text that only Trino's grammar knows is rewritten first; then the syntax tree is walked, and
/// every node must be on a list of what is known to mean the same, as it stands or by a rewriting. All else is refused by name.
/// </summary>
internal sealed class TrinoTranslator(SyntaxTree syntax, CastPushdown typedReads)
{
    /// <exception cref="QueryFailedException">It cannot be read, or holds something whose meaning here is not known to be Athena's.</exception>
    public TranslatedQuery Translate(string sql, string? defaultDatabase)
    {
        var text = LexicalRules.Apply(sql);
        var tree = syntax.Parse(text);
        var scope = new QueryScope(text, defaultDatabase, UsesPath(text));
        new QueryRules(scope).Statement(tree);
        var hidden = typedReads.Apply(tree, scope);
        var columns = scope.SelectsAll ? null : hidden.Count > 0 ? CastPushdown.ColumnsOf(tree) : scope.Columns;
        return new TranslatedQuery(syntax.ToSql(tree), scope.Tables, scope.Macros, columns, scope.UsesPath, hidden);
    }

    private static bool UsesPath(string sql) =>
        sql.Contains("$path", StringComparison.OrdinalIgnoreCase) &&
        SqlLexer.Tokens(sql).Exists(t => t.Kind == SqlTokenKind.Quoted && t.Value.Equals(QueryScope.Path, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A query DuckDB can run, given views of the tables it reads and the macros it calls.</summary>
/// <param name="Columns">Every column name it mentions; null if it selects <c>*</c>, and so perhaps all.</param>
/// <param name="Hidden">Columns that <see cref="CastPushdown"/> put in the place of casts.</param>
internal sealed record TranslatedQuery(string Sql, IReadOnlyCollection<TableReference> Tables, IReadOnlyCollection<string> Macros, IReadOnlySet<string>? Columns, bool UsesPath, IReadOnlySet<string> Hidden);

/// <summary>A catalogue table that a query reads; names in lower case.</summary>
internal sealed record TableReference(string Database, string Table);
