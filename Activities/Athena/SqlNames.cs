using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Athena;

/// <summary>What stands for a template's placeholders in one run.</summary>
public static class SqlNames
{
    /// <summary>The run's work tables, its policy and the key's table, as SQL.</summary>
    public static Dictionary<string, string> For(RunContext run, IReadOnlyDictionary<string, string> workTables, LakeOptions options)
    {
        var values = workTables.ToDictionary(table => table.Key, table => Qualified(options.WorkDatabase, table.Value), StringComparer.Ordinal);
        values["policy"] = run.Policy.ToString();
        values["pseudonym_key"] = Qualified(options.PrivateDatabase, options.PseudonymKeyTable);
        return values;
    }

    /// <summary>A table's name with its database, quoted.</summary>
    public static string Qualified(string database, string table) => $"{Quoted(database)}.{Quoted(table)}";

    /// <summary>The name of a run's own table in the work database; every run can tell its tables from others' by it.</summary>
    public static string WorkTable(string table, RunContext run) => $"{table}_{Suffix(run)}";

    /// <summary>What the names of all work tables of a run end in.</summary>
    public static string Suffix(RunContext run) => run.Id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
