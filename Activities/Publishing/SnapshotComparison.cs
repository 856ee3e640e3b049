using System.Globalization;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>
/// Compares what a run is about to publish with the last snapshot of the same source prefix and policy. Much less data, or many
/// refusals at once, look like files that did not arrive or an export that lost a column.
/// </summary>
public sealed class SnapshotComparison(DurableQueryRunner queries, LakeCatalog catalog, LakeOptions options)
{
    private const double SmallestShareOfLines = 0.8;
    private const double SmallestShareOfRows = 0.5;
    private const double LargestShareOfRefusals = 0.2;

    /// <summary>Compares a run's tables and sources with the published ones.</summary>
    /// <exception cref="ApplicationFailureException">The source prefix changed, or much is missing, and the input does not allow it.</exception>
    public async Task VerifyAsync(PublishInput input, SnapshotLog? log)
    {
        if (log is null)
        {
            return;
        }

        if (log.Current.SourcePrefix != input.Run.SourcePrefix && !input.AllowSourceChange)
        {
            throw new ApplicationFailureException(
                $"The published tables were built from {Describe(log.Current.SourcePrefix)}, and these from {Describe(input.Run.SourcePrefix)}. Nothing was published. Set allowSourceChange if that is intended.",
                FailureTypes.SourceChanged,
                nonRetryable: true);
        }

        var last = log.All.FirstOrDefault(snapshot => snapshot.SourcePrefix == input.Run.SourcePrefix && snapshot.Policy == input.Run.Policy);
        if (last is null || last.Generation == input.AllowShrink)
        {
            return;
        }

        string[] problems = [.. MissingLines(input, last), .. await MissingRowsAsync(input, last)];
        if (problems.Length > 0)
        {
            throw new ApplicationFailureException(
                string.Create(CultureInfo.InvariantCulture, $"Compared with snapshot {last.Generation}: {string.Join("; ", problems)}. Nothing was published. Check that all files landed with all columns. If the data is right, set allowShrink to {last.Generation}, which allows it once."),
                FailureTypes.ShrunkData,
                nonRetryable: true);
        }
    }

    private static IEnumerable<string> MissingLines(PublishInput input, Snapshot last) =>
        from source in LandingSources.All
        let before = last.Accepted?.GetValueOrDefault(source) ?? 0
        let now = input.Accepted.GetValueOrDefault(source)
        where now < SmallestShareOfLines * before
        select string.Create(CultureInfo.InvariantCulture, $"{LandingSources.Table(source)} has {now} accepted lines instead of {before}");

    private async Task<IReadOnlyList<string>> MissingRowsAsync(PublishInput input, Snapshot last)
    {
        var before = last.Tables.ToDictionary(table => table.Name, table => table.Rows);
        var now = input.Tables.ToDictionary(table => table.Table, table => table.Rows);
        var people = before.GetValueOrDefault(LakeTables.CustomerTrusted);
        var shrunk = LakeTables.All.Where(table => IsTooSmall(table, 0)).ToList();
        List<string> problems = [];
        if (people > 0 && input.Consents == 0)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"no customer record has a readable consent, and {people} people had given theirs"));
        }

        // Refusals counts also those who never gave a consent; which of them had given one is a query.
        var mayRefuseAtOnce = input.Refusals > LargestShareOfRefusals * people;
        if (shrunk.Count == 0 && !mayRefuseAtOnce)
        {
            return problems;
        }

        var values = await RegisterAsync(input, last);
        if (shrunk.Count > 0)
        {
            var explained = (await SelectAsync("explained", values, LakeTables.All.Count)).ToDictionary(row => row["made"]!, row => row.Count("explained"));
            problems.AddRange(shrunk.Where(table => IsTooSmall(table, explained[table]))
                .Select(table => string.Create(CultureInfo.InvariantCulture, $"{table} has {now[table]} rows instead of {before[table]}, of which people who refuse now explain {explained[table]}")));
        }

        if (mayRefuseAtOnce && (await SelectAsync("refusals", values, minRows: 1))[0].Count("refusing") is var refusing && refusing > LargestShareOfRefusals * people)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{refusing} of {people} people refuse at once"));
        }

        return problems;

        bool IsTooSmall(string table, long explained) => now.GetValueOrDefault(table) < SmallestShareOfRows * (before.GetValueOrDefault(table) - explained);
    }

    // Registers the last snapshot's tables beside those of the run, and returns what the queries read.
    private async Task<IReadOnlyDictionary<string, string>> RegisterAsync(PublishInput input, Snapshot last)
    {
        var cancellationToken = ActivityExecutionContext.Current.CancellationToken;
        var values = SqlNames.For(input.Run, input.WorkTables, options);
        foreach (var table in last.Tables)
        {
            var name = SqlNames.WorkTable($"published_{table.Name}", input.Run);
            await catalog.RegisterAsync(options.WorkDatabase, TableDefinitions.Parquet(name, LakeContract.Table(table.Name).Columns, table.Location), cancellationToken);
            values[$"published_{table.Name}"] = SqlNames.Qualified(options.WorkDatabase, name);
        }

        values["refusals"] = string.Join(", ", WithheldReasons.Refusals.Select(reason => $"'{reason}'"));
        values["undated"] = WithheldReasons.Undated;
        values["clean_email"] = IdentitySql.Clean("email");
        values["clean_user"] = IdentitySql.Clean("\"user\"");
        values["clean_serialnumber"] = IdentitySql.Clean("serialnumber");
        values["refusing"] = SqlTemplate.Render("Publishing/refusing.sql", values);
        return values;
    }

    private Task<IReadOnlyList<QueryRow>> SelectAsync(string query, IReadOnlyDictionary<string, string> values, int minRows) =>
        queries.SelectAsync("comparing with the last snapshot", SqlTemplate.Render($"Publishing/{query}.sql", values), minRows);

    private static string Describe(string sourcePrefix) => sourcePrefix.Length == 0 ? "the lake's own landing zone" : sourcePrefix;
}
