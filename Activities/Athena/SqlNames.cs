using System.Globalization;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Athena;

/// <summary>Names of tables in SQL, and the values of templates' placeholders.</summary>
public static class SqlNames
{
    /// <summary>Returns the placeholders of a run: its work tables, its policy and the pseudonym key's table.</summary>
    public static Dictionary<string, string> For(RunContext run, IReadOnlyDictionary<string, string> workTables, LakeOptions options)
    {
        var values = workTables.ToDictionary(table => table.Key, table => Qualified(options.WorkDatabase, table.Value), StringComparer.Ordinal);
        values["policy"] = run.Policy.ToString();
        values["as_of"] = run.AsOf.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        values["pseudonym_key"] = Qualified(options.PrivateDatabase, options.PseudonymKeyTable);
        return values;
    }

    /// <summary>Returns a table's qualified and quoted name.</summary>
    public static string Qualified(string database, string table) => $"{Quoted(database)}.{Quoted(table)}";

    /// <summary>Returns the name of a run's table in the work database, which ends in the run's <see cref="Suffix"/>.</summary>
    public static string WorkTable(string table, RunContext run) => $"{table}_{Suffix(run)}";

    /// <summary>Returns the name of the table of a source's lines of text in the work database.</summary>
    public static string TextTable(string source, RunContext run) => WorkTable($"{source}_text", run);

    /// <summary>Returns the suffix of the names of all work tables of a run.</summary>
    public static string Suffix(RunContext run) => run.Id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
