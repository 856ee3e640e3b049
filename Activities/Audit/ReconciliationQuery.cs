using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Audit;

/// <summary>The result of <c>reconciliation.sql</c>: the number of landed rows per table and outcome.</summary>
internal sealed class ReconciliationQuery(IReadOnlyList<ReconciliationQuery.Row> lines)
{
    private const string Kept = "kept";
    private const string InTheTable = "in the table";

    public static ReconciliationQuery From(IEnumerable<QueryRow> rows) =>
        new([.. rows.Select(row => new Row(row["made"]!, row["outcome"]!, row.Count("n"), row.Count("landed")))]);

    /// <summary>Compares the expected rows of each table with its actual rows, and lists the rows that were left out.</summary>
    public Reconciliation Reconcile()
    {
        var differences = LakeTables.All.Select(table => (Table: table, Expected: Rows(table, Kept), Actual: Rows(table, InTheTable)))
            .Where(table => table.Expected != table.Actual)
            .ToList();
        var audit = new AuditResult(
            "every landed row is kept or left out for a reason",
            differences.Sum(table => Math.Abs(table.Expected - table.Actual)),
            lines.Where(line => line.Outcome != InTheTable).Sum(line => Math.Max(line.Landed, line.Rows)),
            differences.Count == 0 ? null : string.Join(", ", differences.Select(table => $"{table.Table} holds {table.Actual} rows instead of the expected {table.Expected}")));
        return new(audit, LeftOut());
    }

    private List<LeftOutRows> LeftOut() =>
    [
        .. from table in LakeTables.All
           from left in lines.Where(line => line.Table == table && line.Outcome is not (Kept or InTheTable) && line.Rows > 0)
               .Select(line => new LeftOutRows(table, line.Outcome, line.Rows))
               .Concat(Duplicates(table))
           orderby LakeTables.All.ToList().IndexOf(table), left.Rows descending
           select left,
    ];

    private IEnumerable<LeftOutRows> Duplicates(string table)
    {
        var duplicates = lines.Where(line => line.Table == table && line.Landed > line.Rows).Sum(line => line.Landed - line.Rows);
        return duplicates > 0 ? [new(table, "duplicate reading", duplicates)] : [];
    }

    private long Rows(string table, string outcome) => lines.Where(line => line.Table == table && line.Outcome == outcome).Sum(line => line.Rows);

    internal sealed record Row(string Table, string Outcome, long Rows, long Landed);
}
