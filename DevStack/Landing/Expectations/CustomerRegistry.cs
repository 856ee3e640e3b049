using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Expectations;

/// <summary>Determines each person's consent and the owners of each device, by the privacy rules.</summary>
internal sealed class CustomerRegistry
{
    private readonly Dictionary<string, CustomerRecord> _latest;
    private readonly Dictionary<string, HashSet<string>> _owners;

    public CustomerRegistry(IReadOnlyList<CustomerRecord> records)
    {
        _latest = records.GroupBy(record => Identity(record.Email)).ToDictionary(person => person.Key, Latest);
        _owners = records.GroupBy(record => Identity(record.SerialNumber))
            .ToDictionary(device => device.Key, device => device.Select(record => Identity(record.Email)).ToHashSet());
        OlderRecords = records.Count - _latest.Count;
    }

    public int OlderRecords { get; }

    public IReadOnlyCollection<string> People => _latest.Keys;

    /// <summary>Normalizes an email or a serial number: trimmed and in lower case.</summary>
    public static string Identity(string text) => text.Trim().ToLowerInvariant();

    public bool Knows(string person) => _latest.ContainsKey(person);

    /// <summary>When the person's current consent was given, or null if there is none.</summary>
    public long? Consent(string person) => _latest[person].Research is > 0 and var since ? since : null;

    public string DeviceOf(string person) => Identity(_latest[person].SerialNumber);

    /// <summary>All customers whose records have this serial number.</summary>
    public IReadOnlySet<string> Owners(string device) =>
        _owners.GetValueOrDefault(device) ?? (IReadOnlySet<string>)System.Collections.Frozen.FrozenSet<string>.Empty;

    // Among equally late records one without consent wins, so that a withdrawal always applies.
    private static CustomerRecord Latest(IEnumerable<CustomerRecord> records) => records
        .OrderByDescending(record => record.Updated ?? record.Registered)
        .ThenByDescending(record => record.Registered)
        .ThenBy(record => record.Research is > 0)
        .ThenByDescending(record => record.Research)
        .ThenBy(record => record.SerialNumber, StringComparer.Ordinal)
        .First();
}
