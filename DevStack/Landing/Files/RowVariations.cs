using System.Text.Json.Nodes;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>Unusual but valid ways to write a row, which counts like any other.</summary>
internal static class RowVariations
{
    private const int Depth = 500;
    private const int Huge = 20 * 1024 * 1024;

    /// <summary>The variations for the first rows of a file, one row each.</summary>
    public static IEnumerable<Func<JsonObject, string>> Of(LandingOptions options, string source, int file)
    {
        if (options.Has(LandingDefects.NumbersAsStrings))
        {
            yield return NumbersAsStrings;
        }

        if (options.Has(LandingDefects.OtherKeyCases))
        {
            yield return row => Each(row, (key, value) => (key.ToUpperInvariant(), value));
        }

        if (options.Has(LandingDefects.UnknownColumns))
        {
            yield return row => With(row, "\"firmware\":\"1.2\",\"battery\":0.87,\"tags\":[\"a\",{\"b\":null}],\"place\":{\"room\":3}");
        }

        if (options.Has(LandingDefects.DeepNesting))
        {
            yield return row => With(row, $"\"deep\":{string.Concat(Enumerable.Repeat("{\"d\":", Depth))}1{new string('}', Depth)}");
        }

        if (options.Has(LandingDefects.EmptyConsents) && source == "customer")
        {
            yield return NullConsents;
        }

        if (options.Has(LandingDefects.HugeLines) && source == "accelerometer" && file == 1)
        {
            yield return row => With(row, $"\"note\":\"{new string('n', Huge)}\"");
        }
    }

    private static string NumbersAsStrings(JsonObject row) =>
        Each(row, (key, value) => (key, value is JsonValue number && number.GetValueKind() == System.Text.Json.JsonValueKind.Number ? JsonValue.Create(number.ToJsonString()) : value));

    private static string NullConsents(JsonObject row)
    {
        foreach (var key in (string[])["shareWithResearchAsOfDate", "shareWithPublicAsOfDate", "shareWithFriendsAsOfDate"])
        {
            row.TryAdd(key, null);
        }

        return row.ToJsonString();
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
