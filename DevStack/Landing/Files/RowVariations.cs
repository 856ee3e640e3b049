using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>Unusual but valid ways to write a row, which counts like any other.</summary>
internal static class RowVariations
{
    private const int Depth = 500;
    private const int Huge = 20 * 1024 * 1024;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The variations for the first rows of a file, one row each.</summary>
    public static IEnumerable<RowVariation> Of(LandingOptions options, string source, int file)
    {
        var isCustomer = source == "customer";
        (bool IsWanted, RowVariation Variation)[] all =
        [
            (options.Has(LandingDefects.NumbersAsStrings), Text(row => Numbers(row, number => JsonValue.Create($" {number} ")))),
            (options.Has(LandingDefects.OtherKeyCases), Text(row => Each(row, (key, value) => (key.ToUpperInvariant(), value)))),
            (options.Has(LandingDefects.OtherKeyCases), Text(row => Each(row, (key, value) => (key.ToLowerInvariant(), value)))),
            (options.Has(LandingDefects.UnknownColumns), Text(row => With(row, "\"firmware\":\"1.2\",\"battery\":0.87,\"tags\":[\"a\",{\"b\":null}],\"place\":{\"room\":3}"))),
            (options.Has(LandingDefects.DeepNesting), Text(row => With(row, $"\"deep\":{string.Concat(Enumerable.Repeat("{\"d\":", Depth))}1{new string('}', Depth)}"))),
            (options.Has(LandingDefects.FloatNumbers), Text(row => Numbers(row, number => JsonNode.Parse(number.Contains('.', StringComparison.Ordinal) ? number : $"{number}.0")))),
            (options.Has(LandingDefects.FloatNumbers), Text(row => Numbers(row, number => JsonNode.Parse(double.Parse(number, Culture).ToString("0.0###############E+0", Culture))))),
            (options.Has(LandingDefects.TrailingCommas), Text(row => $"{row.ToJsonString()} ,")),
            (options.Has(LandingDefects.EmptyConsents) && isCustomer, Text(row => WithoutConsents(row, null, "shareWithResearchAsOfDate", "shareWithPublicAsOfDate", "shareWithFriendsAsOfDate"))),
            (options.Has(LandingDefects.EmptyConsents) && isCustomer, Text(row => WithoutConsents(row, "NaN", "shareWithResearchAsOfDate"))),
            (options.Has(LandingDefects.DamagedTexts) && isCustomer, new(Damage) { DamagedTexts = 1 }),
            (options.Has(LandingDefects.UnreadableOptions) && isCustomer, Text(UnreadableOptions) with { DroppedValues = 2 }),
            (options.Has(LandingDefects.HugeLines) && source == "accelerometer" && file == 1, Text(row => With(row, $"\"note\":\"{new string('n', Huge)}\""))),
        ];
        return all.Where(each => each.IsWanted).Select(each => each.Variation);
    }

    private static RowVariation Text(Func<JsonObject, string> write) => new(row => Encoding.UTF8.GetBytes(write(row)));

    private static string Numbers(JsonObject row, Func<string, JsonNode?> change) =>
        Each(row, (key, value) => (key, value is JsonValue number && number.GetValueKind() == JsonValueKind.Number ? change(number.ToJsonString()) : value));

    private static string WithoutConsents(JsonObject row, string? value, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            row.TryAdd(key, value);
        }

        return row.ToJsonString();
    }

    private static string UnreadableOptions(JsonObject row)
    {
        row["phone"] = new JsonObject { ["home"] = 5550100199 };
        row["shareWithPublicAsOfDate"] = "last summer";
        return row.ToJsonString();
    }

    // The first letter of the name, in Latin-1.
    private static byte[] Damage(JsonObject row)
    {
        var line = Encoding.UTF8.GetBytes(row.ToJsonString());
        var key = "\"customerName\":\""u8;
        line[line.AsSpan().IndexOf(key) + key.Length] = 0xC9;
        return line;
    }

    private static string Each(JsonObject row, Func<string, JsonNode?, (string Key, JsonNode? Value)> change)
    {
        var changed = new JsonObject();
        foreach (var (key, value) in row)
        {
            var member = change(key, value?.DeepClone());
            changed.Add(member.Key, member.Value);
        }

        return changed.ToJsonString();
    }

    // Concatenated, because the depth exceeds what a JSON writer allows by default.
    private static string With(JsonObject row, string members) => $"{row.ToJsonString()[..^1]},{members}}}";
}

/// <summary>A way to write a row.</summary>
/// <param name="Write">Returns the row's line.</param>
internal sealed record RowVariation(Func<JsonObject, byte[]> Write)
{
    /// <summary>Optional values of the row that cannot be read.</summary>
    public int DroppedValues { get; init; }

    /// <summary>Texts of the row with bytes that are not UTF-8.</summary>
    public int DamagedTexts { get; init; }
}
