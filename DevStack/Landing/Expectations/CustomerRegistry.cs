using System.Globalization;
using System.Text;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Expectations;

/// <summary>Determines each person's consent and the owner of each device, by the privacy rules.</summary>
internal sealed class CustomerRegistry
{
    // Later than all times of the data that are not meant to lie in the future.
    private static readonly long RunTime = new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly Dictionary<string, ConsentDecision> _decisions;
    private readonly IReadOnlyDictionary<string, string?> _owners;

    public CustomerRegistry(IReadOnlyList<CustomerRecord> records)
    {
        var lines = records.Select(record => (Person: Identity(record.Email), Line: Read(record))).ToList();
        _decisions = lines.GroupBy(line => line.Person, line => line.Line).ToDictionary(person => person.Key, person => ConsentRules.Decide(person, RunTime)!);
        _owners = ConsentRules.DeviceOwners(lines);
        var accepted = lines.Where(line => line.Line.IsAccepted).ToList();
        OlderRecords = accepted.Count - accepted.Select(line => line.Person).Distinct().Count();
    }

    public int OlderRecords { get; }

    public IReadOnlyCollection<string> People => _decisions.Keys;

    /// <summary>
    /// Cleans an email or a serial number: without invisible characters, without white space around, and in lower case. Enough for what
    /// the generator writes.
    /// </summary>
    public static string Identity(string text)
    {
        var visible = new StringBuilder();
        visible.AppendJoin("", text.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format));
        return visible.ToString().Trim().ToLowerInvariant();
    }

    public bool Knows(string person) => _decisions.ContainsKey(person);

    /// <summary>When the person's current consent was given, or null if there is none.</summary>
    public long? Consent(string person) => _decisions[person].Record?.Consent;

    /// <summary>Why the person is left out, or null.</summary>
    public string? Reason(string person) => _decisions[person].Reason;

    /// <summary>The device of the person's deciding record.</summary>
    public string? DeviceOf(string person) => _decisions[person].Record?.Device;

    /// <summary>Whether any customer line claims a device.</summary>
    public bool IsClaimed(string device) => _owners.ContainsKey(device);

    /// <summary>The only person who claims a device, or null.</summary>
    public string? Owner(string device) => _owners.GetValueOrDefault(device);

    private static ConsentLine Read(CustomerRecord record) => new(
        record.Flaw == CustomerFlaw.None,
        record.Flaw is CustomerFlaw.TextUpdate or CustomerFlaw.RepeatedUpdate ? null : record.Updated,
        record.Flaw == CustomerFlaw.FractionalRegistration ? null : record.Registered,
        record.Research is > 0 ? record.Research : null)
    {
        StatesConsent = record.Research is > 0 || record.Flaw == CustomerFlaw.TextConsent,
        Device = record.Flaw == CustomerFlaw.NoSerialNumber ? null : Identity(record.SerialNumber),
    };
}
