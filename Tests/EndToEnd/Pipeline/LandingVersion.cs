using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Rewrites landing files as other public versions of the data have them. The values stay the same.</summary>
internal static partial class LandingVersion
{
    private const string Numbers = "consents as 1655564376361.0, numeric phones, nulls for absent keys";
    private const string Commas = "step trainer lines that end in a comma";
    private const string CarriageReturns = "lines that end in CR";
    private const string LowerCase = "keys in lower case";
    private const string Capitals = "keys in capitals";

    private static readonly string[] Dates = ["shareWithResearchAsOfDate", "shareWithPublicAsOfDate", "shareWithFriendsAsOfDate"];

    /// <summary>What distinguishes each version.</summary>
    public static TheoryData<string> All { get; } = [Numbers, Commas, CarriageReturns, LowerCase, Capitals];

    /// <summary>Rewrites the files below a folder to another.</summary>
    public static void Write(string version, string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            var target = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, Rewrite(version, name, File.ReadAllText(file)));
        }
    }

    private static string Rewrite(string version, string name, string text) => version switch
    {
        Numbers => name.StartsWith("customer", StringComparison.Ordinal) ? string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => WithNumbers(line) + "\n")) : text,
        Commas => name.StartsWith("step_trainer", StringComparison.Ordinal) ? text.Replace("}\n", "},\n", StringComparison.Ordinal) : text,
        CarriageReturns => text.Replace('\n', '\r'),
        LowerCase => Key().Replace(text, key => key.Value.ToLowerInvariant()),
        Capitals => Key().Replace(text, key => key.Value.ToUpperInvariant()),
        _ => throw new ArgumentException(version, nameof(version)),
    };

    private static string WithNumbers(string line)
    {
        var customer = JsonNode.Parse(line)!.AsObject();
        foreach (var date in Dates)
        {
            customer[date] = customer[date] is { } value ? JsonNode.Parse($"{value}.0") : null;
        }

        customer["phone"] = customer["phone"] is { } phone ? JsonNode.Parse(phone.GetValue<string>()) : null;
        return customer.ToJsonString();
    }

    [GeneratedRegex("""
        "\w+"\s*:
        """)]
    private static partial Regex Key();
}
