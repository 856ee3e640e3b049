namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>A query DuckDB can run, given views of the tables it reads and the macros it calls.</summary>
/// <param name="Columns">Every column name it mentions; null if it selects <c>*</c>, and so perhaps all.</param>
/// <param name="Hidden">Columns that <see cref="TypedReads"/> put in the place of casts.</param>
internal sealed record TranslatedQuery(string Sql, IReadOnlyCollection<TableReference> Tables, IReadOnlyCollection<string> Macros, IReadOnlySet<string>? Columns, bool UsesPath, IReadOnlySet<string> Hidden);
