using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;

namespace Stedi.Temporal.Activities.Audit;

/// <inheritdoc/>
public sealed class AuditActivities(DurableQueryRunner queries, TableBuilder tables, LakeCatalog catalog, LakeOptions options) : IAuditActivities
{
    // As decided_people.sql selects them.
    private static readonly IReadOnlyList<LakeColumn> DecidedPeople =
        [new("person", "string"), new("since", "bigint"), new("reason", "string"), new("number", "bigint"), new("known_lines", "bigint")];

    /// <inheritdoc/>
    public Task<BuiltTable> DecidePeopleAsync(BuildInput input)
    {
        var names = SqlNames.For(input.Run, input.Inputs, options);
        names["people"] = SqlTemplate.Render("Audit/people.sql", names);
        return tables.WriteAsync(input.Run, input.StepId, IAuditActivities.DecidedPeople, LakeZones.Staged, DecidedPeople, SqlTemplate.Render("Audit/decided_people.sql", names));
    }

    /// <inheritdoc/>
    public async Task<AuditResult> AuditConsentAsync(AuditInput input)
    {
        var tables = TableDigest.Of(await LocationsAsync(input));
        var audit = ByTable("every row belongs to somebody whose consent allows it", await SelectAsync("consent", input, LakeTables.All.Count, await TextAsync(input)));
        return audit with { Tables = tables };
    }

    /// <inheritdoc/>
    public async Task<AuditResult> AuditUniquenessAsync(AuditInput input) =>
        ByTable("people and readings occur once", await SelectAsync("uniqueness", input, LakeTables.All.Count));

    /// <inheritdoc/>
    public async Task<AuditResult> AuditPairsAsync(AuditInput input)
    {
        var parts = (await SelectAsync("pairs", input, minRows: 3)).ToDictionary(row => row["part"]!, row => row.Count("n"));
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
        var values = (await SelectAsync("identifying_columns", input, minRows: 1))[0];
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
        var rows = await SelectAsync("reconciliation", input, LakeTables.All.Count);
        return ReconciliationQuery.From(rows).Reconcile();
    }

    private static AuditResult ByTable(string name, IReadOnlyList<QueryRow> rows) => new(
        name,
        rows.Sum(row => row.Count("violations")),
        rows.Sum(row => row.Count("checked")),
        Detail(rows.Where(row => row.Count("violations") > 0).Select(row => $"{row.Count("violations")} in {row["made"]}")));

    private static string? Detail(IEnumerable<string> parts) => string.Join(", ", parts) is { Length: > 0 } detail ? detail : null;

    // What the catalogue says, because the query reads that.
    private async Task<IReadOnlyList<(string Table, string Location)>> LocationsAsync(AuditInput input)
    {
        var locations = new List<(string, string)>();
        foreach (var table in LakeTables.All)
        {
            var registered = await catalog.FindAsync(options.WorkDatabase, input.Inputs[table], ActivityExecutionContext.Current.CancellationToken);
            locations.Add((table, registered?.StorageDescriptor?.Location ?? ""));
        }

        return locations;
    }

    // What the consent audit reads besides the tables: the customers' lines as they landed.
    private async Task<IReadOnlyDictionary<string, string>> TextAsync(AuditInput input)
    {
        var keyTable = SqlNames.Qualified(options.PrivateDatabase, options.PseudonymKeyTable);
        var clearedLines = await catalog.FindAsync(options.PrivateDatabase, options.ClearedLinesTable, ActivityExecutionContext.Current.CancellationToken) is null
            ? null
            : SqlNames.Qualified(options.PrivateDatabase, options.ClearedLinesTable);
        return new Dictionary<string, string>
        {
            ["customer_text"] = SqlNames.Qualified(options.WorkDatabase, SqlNames.TextTable(LandingSources.Customer, input.Run)),
            ["cleaned_text"] = IdentitySql.Clean("text"),
            ["inner_value"] = JsonText.InnerValue,
            ["is_cleared"] = $"{LineKeys.IsCleared(LineKeys.Of("1 = 0", keyTable), clearedLines)} OR {LineKeys.IsCleared(LineKeys.Of("1 = 1", keyTable), clearedLines)}",
        };
    }

    private Task<IReadOnlyList<QueryRow>> SelectAsync(string audit, AuditInput input, int minRows, IReadOnlyDictionary<string, string>? more = null)
    {
        var names = SqlNames.For(input.Run, input.Inputs, options);
        names["devices"] = SqlTemplate.Render("Audit/devices.sql", names);
        foreach (var (name, sql) in more ?? new Dictionary<string, string>())
        {
            names[name] = sql;
        }

        return queries.SelectAsync($"the audit of {audit.Replace('_', ' ')}", SqlTemplate.Render($"Audit/{audit}.sql", names), minRows);
    }
}
