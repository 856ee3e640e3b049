using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;

namespace Stedi.Temporal.Activities.Audit;

/// <inheritdoc/>
public sealed class AuditActivities(DurableQueryRunner queries, LakeCatalog catalog, LakeOptions options) : IAuditActivities
{
    /// <inheritdoc/>
    public async Task<AuditResult> AuditConsentAsync(AuditInput input) =>
        ByTable("every row belongs to somebody whose consent allows it", await SelectAsync("consent", input));

    /// <inheritdoc/>
    public async Task<AuditResult> AuditUniquenessAsync(AuditInput input) =>
        ByTable("people and readings occur once", await SelectAsync("uniqueness", input));

    /// <inheritdoc/>
    public async Task<AuditResult> AuditPairsAsync(AuditInput input)
    {
        var parts = (await SelectAsync("pairs", input)).ToDictionary(row => row["part"]!, row => row.Count("n"));
        var failed = parts.Where(part => part.Key != "all" && part.Value > 0).ToList();
        return new(
            "every pair is of one person at one instant",
            failed.Sum(part => part.Value),
            parts["all"],
            Detail(failed.Select(part => $"{part.Value} {part.Key}")));
    }

    /// <inheritdoc/>
    public async Task<AuditResult> AuditIdentifyingColumnsAsync(AuditInput input)
    {
        var contract = LakeContract.Table(LakeTables.MachineLearningCurated);
        var table = await catalog.FindAsync(options.WorkDatabase, input.Inputs[contract.Name], ActivityExecutionContext.Current.CancellationToken);
        var columns = (table?.StorageDescriptor?.Columns ?? []).Select(column => column.Name).ToList();
        var identifying = columns.Where(LakeContract.Identifying.Contains).ToList();
        var unexpected = columns.Except(contract.Columns.Select(column => column.Name)).Except(identifying).ToList();
        var values = (await SelectAsync("identifying_columns", input))[0];
        return new(
            "no column identifies anybody",
            values.Count("violations") + identifying.Count + unexpected.Count,
            values.Count("checked"),
            Detail(
            [
                .. identifying.Select(column => $"column {column}"),
                .. unexpected.Select(_ => "a column that is not in the contract"),
                .. values.Count("violations") > 0 ? (string[])[$"{values.Count("violations")} values that are not pseudonyms"] : [],
            ]));
    }

    /// <inheritdoc/>
    public async Task<Reconciliation> ReconcileAsync(AuditInput input)
    {
        var rows = await SelectAsync("reconciliation", input);
        return ReconciliationQuery.From(rows).Reconcile();
    }

    private static AuditResult ByTable(string name, IReadOnlyList<QueryRow> rows) => new(
        name,
        rows.Sum(row => row.Count("violations")),
        rows.Sum(row => row.Count("checked")),
        Detail(rows.Where(row => row.Count("violations") > 0).Select(row => $"{row.Count("violations")} in {row["made"]}")));

    private static string? Detail(IEnumerable<string> parts) => string.Join(", ", parts) is { Length: > 0 } detail ? detail : null;

    private Task<IReadOnlyList<QueryRow>> SelectAsync(string audit, AuditInput input)
    {
        var names = SqlNames.For(input.Run, input.Inputs, options);
        names["people"] = SqlTemplate.Render("Audit/people.sql", names);
        return queries.SelectAsync($"the audit of {audit.Replace('_', ' ')}", SqlTemplate.Render($"Audit/{audit}.sql", names));
    }
}
