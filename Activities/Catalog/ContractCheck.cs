using System.Text.RegularExpressions;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>Holds what a crawl found against the contract.</summary>
public static partial class ContractCheck
{
    /// <summary>The required columns that no file has.</summary>
    public static IReadOnlyList<string> Missing(SourceContract source, Table crawled)
    {
        var found = Types(crawled);
        return [.. source.Columns.Where(column => column.Required && !found.ContainsKey(column.Name)).Select(column => column.Name)];
    }

    /// <summary>What differs without breaking anything.</summary>
    public static IReadOnlyList<string> Notes(SourceContract source, Table crawled)
    {
        var found = Types(crawled);
        var known = source.Columns.Select(column => column.Name).ToHashSet();
        // Names are keys of people's files: one that is no plain name may be data, and is only counted.
        var unknown = found.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).ToLookup(name => PlainName().IsMatch(name));
        List<string> notes =
        [
            .. source.Columns.Where(column => !found.ContainsKey(column.Name) && !column.Required)
                .Select(column => $"no file has the optional column {column.Name}"),
            .. source.Columns.Where(column => found.TryGetValue(column.Name, out var type) && !Fits(column.Type, type))
                .Select(column => $"{column.Name} landed as {found[column.Name].Split('<')[0]}, the contract says {column.Type}"),
            .. unknown[true].Take(20).Select(name => $"{name} is not in the contract and is left out"),
        ];
        var others = unknown[false].Count() + Math.Max(0, unknown[true].Count() - 20);
        if (others > 0)
        {
            notes.Add($"{others} more columns are not in the contract and are left out");
        }

        return notes;
    }

    private static Dictionary<string, string> Types(Table table)
    {
        var types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in table.StorageDescriptor?.Columns ?? [])
        {
            types[column.Name] = column.Type ?? "";
        }

        return types;
    }

    // An integer is a fine double, and small numbers are crawled as int.
    private static bool Fits(string contract, string crawled) => contract == crawled || (contract, crawled) switch
    {
        ("bigint", "int") or ("double", "int" or "bigint") => true,
        _ => false,
    };

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$")]
    private static partial Regex PlainName();
}
