using System.Text;
using Stedi.DevStack.Aws.Athena.Engine;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>A table as the statement that would make it.</summary>
internal static class CreateStatement
{
    public static string Of(CatalogTable table)
    {
        if (table.IsView)
            return $"CREATE VIEW {table.Database}.{table.Name} AS\n{PrestoView.Query(table)}";
        var text = new StringBuilder($"CREATE EXTERNAL TABLE `{table.Database}.{table.Name}`(\n");
        text.AppendJoin(", \n", table.Columns.Select(Column)).Append(')');
        if (table.PartitionKeys.Count > 0)
            text.Append("\nPARTITIONED BY ( \n").AppendJoin(", \n", table.PartitionKeys.Select(Column)).Append(')');
        text.Append($"\nROW FORMAT SERDE \n  '{table.Serde}' ");
        if (table.SerdeParameters.Count > 0)
            text.Append("\nWITH SERDEPROPERTIES ( \n").AppendJoin(", \n", Pairs(table.SerdeParameters)).Append(") ");
        text.Append($"\nSTORED AS INPUTFORMAT \n  '{table.InputFormat}'\nLOCATION\n  '{table.Location}'");
        if (table.Parameters.Count > 0)
            text.Append("\nTBLPROPERTIES (\n").AppendJoin(", \n", Pairs(table.Parameters)).Append(')');
        return text.ToString();
    }

    static string Column(TableColumn column) => $"  `{column.Name}` {column.HiveType}";

    static IEnumerable<string> Pairs(IReadOnlyDictionary<string, string> values) =>
        values.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"  '{p.Key}'='{p.Value.Replace("'", "\\'", StringComparison.Ordinal)}'");
}
