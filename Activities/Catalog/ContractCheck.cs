using System.Text.RegularExpressions;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>Compares a crawled table with the contract.</summary>
public static partial class ContractCheck
{
    /// <summary>Returns the required columns that no file has.</summary>
    public static IReadOnlyList<string> Missing(SourceContract source, Table crawled)
    {
        var found = Types(crawled);
        return [.. source.Columns.Where(column => column.Required && !found.ContainsKey(column.Name)).Select(column => column.Name)];
    }

    /// <summary>Returns a message per tolerated difference.</summary>
    public static IReadOnlyList<string> Notes(SourceContract source, Table crawled)
    {
        var found = Types(crawled);
        var known = source.Columns.Select(column => column.Name).ToHashSet();
        // Column names come from the files' keys. One that is not a plain identifier may be personal data, so it is only counted.
        var unknown = found.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).ToLookup(name => PlainName().IsMatch(name));
        List<string> notes =
        [
            .. source.Columns.Where(column => !found.ContainsKey(column.Name) && !column.Required)
                .Select(column => $"no file has the optional column {column.Name}"),
            .. source.Columns.Where(column => found.TryGetValue(column.Name, out var type) && !Fits(column.Type, type))
                .Select(column => $"{column.Name} landed as {found[column.Name].Split('<')[0]}; the contract requires {column.Type}"),
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

    // The crawler infers the narrowest type that holds all values.
    private static bool Fits(string contract, string crawled) => contract == crawled || (contract, crawled) switch
    {
        ("bigint", "int") or ("double", "int" or "bigint") => true,
        _ => false,
    };

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$")]
    private static partial Regex PlainName();
}
