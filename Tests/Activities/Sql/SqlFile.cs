using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Audit;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Activities.Tests.Sql;

/// <summary>One of the project's SQL files, run by the local Athena over rows that stand in the statement itself.</summary>
internal sealed class SqlFile
{
    /// <summary>The run's time.</summary>
    public const long AsOf = 1000;

    private const string RejectedReason = "no registrationdate";
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly TestLake _lake;
    private readonly string _file;

    public SqlFile(LocalLakes lakes, string file, ConsentPolicy policy = ConsentPolicy.Given)
    {
        _lake = lakes.Shared;
        _file = file;
        _values["policy"] = policy.ToString();
        _values["as_of"] = AsOf.ToString(CultureInfo.InvariantCulture);
        _values["cleaned_text"] = IdentitySql.Clean("text");
        _values["inner_value"] = JsonText.InnerValue;
        _values["is_cleared"] = "1 = 0";
        _values["pseudonym_key"] = $"(SELECT '{TestLake.PseudonymKey}' AS key)";
        foreach (var source in LandingSources.All)
        {
            Staged(source);
        }

        foreach (var table in LakeTables.All)
        {
            Made(table);
        }
    }

    /// <summary>The pseudonym of a normalised email address.</summary>
    public static string Pseudonym(string email) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(TestLake.PseudonymKey), Encoding.UTF8.GetBytes(email)));

    /// <summary>A customer's line, accepted or rejected, as it is staged and as it is in the tables of customers.</summary>
    public static object?[] Customer(
        string email, string device, long? consent, long? registered = 1, long? updated = null, string? name = "Jane", bool rejected = false, bool? statesConsent = null, string? reason = null)
    {
        var why = reason ?? (rejected ? RejectedReason : null);
        var time = consent is not null && why is null ? updated ?? registered : registered is null || updated > registered ? updated : registered;
        return
        [
            device, null, "1950-01-01", registered, consent, name, email, updated, "555", null, Identity(email), Identity(device),
            "file", 100L, why, why is null ? null : "text", 0, 0, false, "key", time, statesConsent ?? consent is not null,
        ];
    }

    public static object?[] Reading(string user, long at, double x = 1, double y = 2, double z = 3, bool rejected = false, string file = "file") =>
        [user, at, x, y, z, Identity(user), file, 100L, rejected ? RejectedReason : null, rejected ? "text" : null, 0, 0, false];

    public static object?[] Step(string device, long at, int distance = 10, bool rejected = false, string file = "file") =>
        [at, device, distance, Identity(device), file, 100L, rejected ? RejectedReason : null, rejected ? "text" : null, 0, 0, false];

    public static object?[] Pair(string pseudonym, long at, int distance = 10, double x = 1, double y = 2, double z = 3) =>
        [pseudonym, at, distance, x, y, z];

    /// <summary>The rows of a staged source; none unless given.</summary>
    public SqlFile Staged(string source, params IReadOnlyList<object?[]> rows) => source == LandingSources.Customer
        ? Set("customer_text", Landed(rows)).Set("customer_staged", Inline(LakeContract.Source(source).StagedColumns, rows))
        : Set($"{source}_staged", Inline(LakeContract.Source(source).StagedColumns, rows));

    /// <summary>The text that customers landed as, in place of the lines of their staged rows.</summary>
    public SqlFile LandedText(params IReadOnlyList<string> lines) => Set("customer_text", Text(lines));

    /// <summary>The rows of a table that the run made; none unless given. Staging columns are ignored.</summary>
    public SqlFile Made(string table, params IReadOnlyList<object?[]> rows) => Set(table, Inline(LakeContract.Table(table).WorkColumns, rows));

    public SqlFile Set(string placeholder, string sql)
    {
        _values[placeholder] = sql;
        return this;
    }

    /// <summary>The rows, each as the named columns joined by bars.</summary>
    public Task<IReadOnlyList<string>> RowsAsync(params IReadOnlyList<string> columns)
    {
        _values["people"] = SqlTemplate.Render("Audit/people.sql", _values);
        _values["devices"] = SqlTemplate.Render("Audit/devices.sql", _values);
        _values["decided_people"] = $"({SqlTemplate.Render("Audit/decided_people.sql", _values)})";
        return _lake.QueryAsync(SqlTemplate.Render(_file, _values), columns);
    }

    /// <summary>The rows of a query over what the file defines, which other files include.</summary>
    public Task<IReadOnlyList<string>> DefinedAsync(string select, params IReadOnlyList<string> columns) =>
        _lake.QueryAsync($"WITH {SqlTemplate.Render(_file, _values)}\n{select}", columns);

    /// <summary>Rows as a relation in a statement.</summary>
    internal static string Inline(IReadOnlyList<LakeColumn> columns, IReadOnlyList<object?[]> rows)
    {
        IReadOnlyList<object?[]> given = rows.Count > 0 ? rows : [new object?[columns.Count]];
        var casts = columns.Select(column => $"CAST(\"{column.Name}\" AS {SqlType(column.Type)}) AS \"{column.Name}\"");
        var values = given.Select(row => $"({string.Join(", ", row.Take(columns.Count).Select(Literal))})");
        var names = columns.Select(column => $"\"{column.Name}\"");
        return $"(SELECT {string.Join(", ", casts)} FROM (VALUES {string.Join(", ", values)}) AS t ({string.Join(", ", names)}){(rows.Count > 0 ? "" : " WHERE 1 = 0")})";
    }

    private static string Identity(string text) => text.Trim().ToLowerInvariant();

    private static string SqlType(string type) => type switch { "string" => "varchar", "int" => "integer", _ => type };

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        bool flag => flag ? "true" : "false",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Landed(IReadOnlyList<object?[]> customers)
    {
        var columns = LakeContract.Source(LandingSources.Customer).Columns;
        return Text([.. customers.Select(row => JsonSerializer.Serialize(
            columns.Select((column, i) => (column.Name, Value: row[i])).Where(field => field.Value is not null).ToDictionary(field => field.Name, field => field.Value)))]);
    }

    private static string Text(IReadOnlyList<string> lines) =>
        $"(SELECT source AS \"$path\", line FROM (VALUES {string.Join(", ", lines.DefaultIfEmpty("").Select(line => $"('file', {Literal(line)})"))}) AS t (source, line))";
}
