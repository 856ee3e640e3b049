using System.Text;
using System.Text.RegularExpressions;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;
using static Stedi.DevStack.Aws.Athena.Statements.Statement;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Runs SHOW, DESCRIBE and EXPLAIN.</summary>
internal sealed class ShowExecution(AuthorizedCatalog catalog, TablePartitions partitions, QueryPreparation preparation, TextResult results)
{
    public async Task<QueryOutcome> RunAsync(QueryRun run, Statement statement)
    {
        (string[] Columns, IEnumerable<string[]> Rows) result = statement switch
        {
            ShowDatabases show => (["database_name"], Matching(catalog.Glue.Databases().Select(d => (string)d["Name"]!), show.Pattern)),
            ShowTables show => (["tab_name"], Tables(run, show)),
            ShowColumns show => (["field"], catalog.Table(run, show.Table) is var t ? SingleColumn(t.Columns.Concat(t.PartitionKeys).Select(c => c.Name)) : []),
            ShowPartitions show => (["partition"], SingleColumn(partitions.Names(Partitioned(catalog.Table(run, show.Table))))),
            ShowCreateTable show => (["createtab_stmt"], SingleColumn(ShowCreateTableText.Of(catalog.Table(run, show.Table)).Split('\n'))),
            ShowProperties show => (["prpt_name", "prpt_value"], catalog.Table(run, show.Table).Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (string[])[p.Key, p.Value])),
            Describe describe => (["col_name", "data_type", "comment"], Columns(catalog.Table(run, describe.Table))),
            Explain explain => (["Query Plan"], SingleColumn((await PlanAsync(run, explain)).Split('\n'))),
            _ => throw QueryFailedException.NotSupported(statement.SubType),
        };
        run.BeginCommit();
        return results.Write(run, result.Columns, result.Rows);
    }

    private IEnumerable<string[]> Tables(QueryRun run, ShowTables show)
    {
        var database = AuthorizedCatalog.Database(run, show.Database);
        catalog.RequireDatabase(run, database);
        var tables = catalog.Glue.Tables(database).Select(t => new CatalogTable(t)).Where(t => t.IsView || !show.ViewsOnly);
        return Matching(tables.Select(t => t.Name), show.Pattern);
    }

    private async Task<string> PlanAsync(QueryRun run, Explain explain)
    {
        var prepared = await preparation.PrepareAsync(run, explain.Query);
        return prepared.Sandbox.Query("EXPLAIN " + prepared.Sql, r => r.GetString(1)).Single().TrimEnd();
    }

    private static CatalogTable Partitioned(CatalogTable table) => table.PartitionKeys.Count > 0 ? table
        : throw new QueryFailedException($"FAILED: SemanticException [Error 10241]: Table {table.Name} is not a partitioned table", AthenaErrorType.Schema);

    // Athena pads these columns to 20 characters, as Hive does.
    private static IEnumerable<string[]> Columns(CatalogTable table)
    {
        foreach (var column in table.Columns.Concat(table.PartitionKeys))
        {
            yield return [column.Name.PadRight(20), column.HiveType.PadRight(20), new string(' ', 20)];
        }

        if (table.PartitionKeys.Count == 0)
        {
            yield break;
        }

        yield return ["", "", ""];
        yield return ["# Partition Information", "", ""];
        yield return ["# col_name".PadRight(20), "data_type".PadRight(20), "comment".PadRight(20)];
        foreach (var key in table.PartitionKeys)
        {
            yield return [key.Name.PadRight(20), key.HiveType.PadRight(20), new string(' ', 20)];
        }
    }

    // In Hive's patterns * is any text and | separates alternatives.
    private static IEnumerable<string[]> Matching(IEnumerable<string> names, string? pattern)
    {
        if (pattern is null)
        {
            return SingleColumn(names);
        }

        var expression = new StringBuilder("^(?:").Append(Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\|", "|", StringComparison.Ordinal).Replace("%", ".*", StringComparison.Ordinal)).Append(")$");
        var regex = new Regex(expression.ToString(), RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
        return SingleColumn(names.Where(n => regex.IsMatch(n)));
    }

    private static IEnumerable<string[]> SingleColumn(IEnumerable<string> values) => values.Select(v => (string[])[v]);
}

/// <summary>The output of SHOW CREATE TABLE.</summary>
internal static class ShowCreateTableText
{
    public static string Of(CatalogTable table)
    {
        if (table.IsView)
        {
            return $"CREATE VIEW {table.Database}.{table.Name} AS\n{PrestoView.Query(table)}";
        }

        var text = new StringBuilder($"CREATE EXTERNAL TABLE `{table.Database}.{table.Name}`(\n");
        text.AppendJoin(", \n", table.Columns.Select(Column)).Append(')');
        if (table.PartitionKeys.Count > 0)
        {
            text.Append("\nPARTITIONED BY ( \n").AppendJoin(", \n", table.PartitionKeys.Select(Column)).Append(')');
        }

        text.Append($"\nROW FORMAT SERDE \n  '{table.Serde}' ");
        if (table.SerdeParameters.Count > 0)
        {
            text.Append("\nWITH SERDEPROPERTIES ( \n").AppendJoin(", \n", Pairs(table.SerdeParameters)).Append(") ");
        }

        text.Append($"\nSTORED AS INPUTFORMAT \n  '{table.InputFormat}'\nLOCATION\n  '{table.Location}'");
        if (table.Parameters.Count > 0)
        {
            text.Append("\nTBLPROPERTIES (\n").AppendJoin(", \n", Pairs(table.Parameters)).Append(')');
        }

        return text.ToString();
    }

    private static string Column(TableColumn column) => $"  `{column.Name}` {column.HiveType}";

    private static IEnumerable<string> Pairs(IReadOnlyDictionary<string, string> values) =>
        values.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"  '{p.Key}'='{p.Value.Replace("'", "\\'", StringComparison.Ordinal)}'");
}
