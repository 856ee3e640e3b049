using System.Text.Json;
using System.Text.RegularExpressions;
using Stedi.DevStack.Landing.Expectations;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>What a customer line says, read by the rules of docs/privacy.md.</summary>
/// <param name="Person">The person; null if none can be read.</param>
/// <param name="Line">What the line says about the person's consent.</param>
/// <param name="DroppedValues">Optional values that cannot be read.</param>
/// <param name="DamagedTexts">Texts with a replaced byte.</param>
internal sealed partial record LandedCustomer(string? Person, ConsentLine Line, int DroppedValues, int DamagedTexts)
{
    private static readonly string[] Keys = ["email", "serialNumber", "registrationDate", "lastUpdateDate", "shareWithResearchAsOfDate", "shareWithPublicAsOfDate", "shareWithFriendsAsOfDate", "customerName", "phone", "birthDay"];

    public static LandedCustomer Read(LandedLine line)
    {
        var emails = line.Everywhere("email");
        var person = emails is [{ } email] ? Identity(email) : null;
        var device = line.Text("serialNumber") is { } serial ? Identity(serial) : null;
        var (registered, updated) = (line.Time("registrationDate"), line.Time("lastUpdateDate"));
        var consent = line.Whole("shareWithResearchAsOfDate") is > 0 and var time ? time : (long?)null;
        var refuses = line.IsAbsent("shareWithResearchAsOfDate") || line.Text("shareWithResearchAsOfDate") == "NaN";
        var accepted = person is not null && line.Text("email") is not null && !line.IsGivenTwice(Keys) && device is not null && registered is not null
            && (updated is not null || line.IsAbsent("lastUpdateDate")) && (consent is not null || refuses);
        return new(
            person,
            new(accepted, updated, registered, consent) { Device = device, StatesConsent = line.Value("shareWithResearchAsOfDate") is not null && !refuses },
            ((string[])["shareWithPublicAsOfDate", "shareWithFriendsAsOfDate"]).Count(key => !line.IsAbsent(key) && line.Whole(key) is null)
                + Texts(line).Count(text => text is { ValueKind: not (JsonValueKind.String or JsonValueKind.Null) }),
            Texts(line).Count(text => text is { ValueKind: JsonValueKind.String } value && value.GetString()!.Contains('\uFFFD', StringComparison.Ordinal)));
    }

    /// <summary>Cleans an email or a serial number of what the generator puts into it.</summary>
    public static string Identity(string text) => Invisible().Replace(text, "").ToLowerInvariant();

    private static IEnumerable<JsonElement?> Texts(LandedLine line) => Keys[^3..].Select(line.Value);

    [GeneratedRegex(@"\u200B|^\s+|\s+$")]
    private static partial Regex Invisible();
}
