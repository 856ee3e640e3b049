using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Pseudonyms;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Privacy;

/// <summary>
/// Explains what the lake holds of one person, and why. The identity is put into an object that the queries join, so that it stands
/// in no query text; nothing that they return contains it.
/// </summary>
public sealed class PersonExplainer(LakeObjects objects, LakeCatalog catalog, PrivateQueries queries, LakeOptions options, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What the decision needs of a line; names, addresses and texts are left out.
    private static readonly string[] LineColumns =
        ["person", "device", "lastupdatedate", "sharewithresearchasofdate", "source_file", "reason", "line_key", "record_time", "states_consent"];

    private readonly PseudonymKey _key = new(options);

    /// <summary>Explains the person of an address, or those who claim the device of a serial number.</summary>
    /// <param name="identity">An email address or a serial number, in any spelling.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <exception cref="ApplicationFailureException">The pseudonym key is missing or unusable, or a query failed.</exception>
    public async Task<Explanation> ExplainAsync(string identity, CancellationToken cancellationToken)
    {
        var fingerprint = await FingerprintAsync(cancellationToken);
        var log = (await new SnapshotStore(objects).ReadAsync(cancellationToken))?.Log;
        var prefix = log?.Current.SourcePrefix ?? "";
        await using var request = await PrivateRequest.OpenAsync(objects, catalog, options, time, cancellationToken);
        var names = await NamesAsync(request, identity, cancellationToken);
        names["lines"] = await StageAsync(request, names, prefix, cancellationToken);
        names["subjects"] = SqlTemplate.Render("Privacy/subjects.sql", names);
        // people.sql reads the staged lines under this name.
        names["customer_staged"] = names["lines"];
        names["people"] = SqlTemplate.Render("Audit/people.sql", names);

        var records = (await SelectAsync("records", names, cancellationToken)).ToLookup(row => row.Count("number"), ToRecord);
        var decisions = await SelectAsync("decisions", names, cancellationToken);
        var rows = await RowsAsync(request, names, log, fingerprint, cancellationToken);
        return new(
            prefix,
            [.. decisions.Select(row => Explain(row, [.. records[row.Count("number")]], rows[row.Count("number")]))],
            [.. (log?.All ?? []).Select(snapshot => new ExplainedSnapshot(snapshot.Generation, snapshot.AsOf, IsKnown(snapshot, fingerprint)))]);
    }

    private static ExplainedPerson Explain(QueryRow decision, IReadOnlyList<ExplainedRecord> records, IEnumerable<HeldRows> rows)
    {
        var since = Time(decision["since"]);
        return new((int)decision.Count("number"), since, decision["reason"], ConsentRules.Of(since is not null, decision["reason"], records), records, [.. rows]);
    }

    private static ExplainedRecord ToRecord(QueryRow row) => new(
        Time(row["record_time"]),
        row["source_file"] ?? "",
        row["line_key"],
        row["reason"],
        Time(row["lastupdatedate"]) is not null,
        Time(row["sharewithresearchasofdate"]),
        row["states_consent"] == "true",
        row["device_number"] is null ? null : (int)row.Count("device_number"),
        (int)row.Count("device_people"));

    private static DateTimeOffset? Time(string? milliseconds) =>
        milliseconds is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture));

    // Pseudonyms that another key made cannot be compared with the person's.
    private static bool IsKnown(Snapshot snapshot, string fingerprint) => snapshot.KeyFingerprint is null || snapshot.KeyFingerprint == fingerprint;

    private async Task<string> FingerprintAsync(CancellationToken cancellationToken)
    {
        var measured = (await queries.SelectAsync("measuring the pseudonym key", _key.Sql, cancellationToken))[0];
        return _key.Problem(measured.Count("keys"), measured.Count("bytes")) is { } problem
            ? throw new ApplicationFailureException($"{problem} {_key.Remedy}", FailureTypes.MissingPseudonymKey, nonRetryable: true)
            : measured["fingerprint"]!;
    }

    private async Task<Dictionary<string, string>> NamesAsync(PrivateRequest request, string identity, CancellationToken cancellationToken)
    {
        // Without the number S3's tag of the object would be a hash of the identity.
        await request.WriteAsync("identity", JsonSerializer.Serialize(new { identity, number = Guid.NewGuid() }, Json) + "\n", cancellationToken);
        return new()
        {
            ["identity"] = await request.RegisterAsync("identity", name => TableDefinitions.Json(name, [new("identity", "string")], request.Folder("identity")), cancellationToken),
            ["cleaned_identity"] = IdentitySql.Clean("identity"),
            ["cleaned_email"] = IdentitySql.Clean("t.email"),
            ["cleaned_serial_number"] = IdentitySql.Clean("t.serialnumber"),
            ["pseudonym_key"] = SqlNames.Qualified(options.PrivateDatabase, options.PseudonymKeyTable),
            ["as_of"] = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        };
    }

    // Writes the lines of the people in question, as Parquet that the request owns.
    private async Task<string> StageAsync(PrivateRequest request, Dictionary<string, string> names, string prefix, CancellationToken cancellationToken)
    {
        var source = LakeContract.Source(LandingSources.Customer);
        var location = objects.Uri(prefix + LandingSources.Prefix(source.Name));
        var text = await request.RegisterAsync("text", name => TableDefinitions.Text(name, location), cancellationToken);
        var cleared = await catalog.FindAsync(options.PrivateDatabase, options.ClearedLinesTable, cancellationToken) is null
            ? null
            : SqlNames.Qualified(options.PrivateDatabase, options.ClearedLinesTable);
        var values = new Dictionary<string, string>(names)
        {
            ["staging"] = StagingQuery.For(source, new(text, names["pseudonym_key"], cleared, long.Parse(names["as_of"], CultureInfo.InvariantCulture))),
            ["lines"] = "staged",
            ["columns"] = string.Join(", ", LineColumns),
        };
        values["subjects"] = SqlTemplate.Render("Privacy/subjects.sql", values);
        await queries.UnloadAsync("a person's lines", SqlTemplate.Render("Privacy/explained_lines.sql", values), request.Folder("lines"), cancellationToken);
        var columns = LineColumns.Select(column => source.StagedColumns.Single(staged => staged.Name == column));
        return await request.RegisterAsync("lines", name => TableDefinitions.Parquet(name, columns, request.Folder("lines")), cancellationToken);
    }

    private async Task<ILookup<long, HeldRows>> RowsAsync(
        PrivateRequest request, Dictionary<string, string> names, SnapshotLog? log, string fingerprint, CancellationToken cancellationToken)
    {
        var held = new List<(long Number, HeldRows Rows)>();
        foreach (var snapshot in log?.All ?? [])
        {
            var tables = new Dictionary<string, string>(names);
            foreach (var table in snapshot.Tables)
            {
                tables[table.Name] = await request.RegisterAsync(
                    $"{snapshot.Generation.ToString(CultureInfo.InvariantCulture)}_{table.Name}",
                    name => TableDefinitions.Parquet(name, LakeContract.Table(table.Name).Columns, table.Location),
                    cancellationToken);
            }

            IEnumerable<QueryRow> counted = await SelectAsync("rows", tables, cancellationToken);
            if (IsKnown(snapshot, fingerprint))
            {
                counted = counted.Concat(await SelectAsync("training_rows", tables, cancellationToken));
            }

            held.AddRange(counted.Select(row => (row.Count("number"), new HeldRows(snapshot.Generation, row["made"]!, row.Count("n")))));
        }

        return held.ToLookup(one => one.Number, one => one.Rows);
    }

    private Task<IReadOnlyList<QueryRow>> SelectAsync(string what, Dictionary<string, string> names, CancellationToken cancellationToken) =>
        queries.SelectAsync($"a person's {what.Replace('_', ' ')}", SqlTemplate.Render($"Privacy/explained_{what}.sql", names), cancellationToken);
}
