using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Expectations;

/// <summary>Who consents since when, and whose device is whose, by the privacy rules.</summary>
sealed class CustomerRegistry
{
    readonly Dictionary<string, CustomerRecord> latest;
    readonly Dictionary<string, HashSet<string>> owners;

    public CustomerRegistry(IReadOnlyList<CustomerRecord> records)
    {
        latest = records.GroupBy(record => Identity(record.Email)).ToDictionary(person => person.Key, Latest);
        owners = records.GroupBy(record => Identity(record.SerialNumber))
            .ToDictionary(device => device.Key, device => device.Select(record => Identity(record.Email)).ToHashSet());
        OlderRecords = records.Count - latest.Count;
    }

    public int OlderRecords { get; }

    public IReadOnlyCollection<string> People => latest.Keys;

    /// <summary>A person, or a device, however it is written.</summary>
    public static string Identity(string text) => text.Trim().ToLowerInvariant();

    public bool Knows(string person) => latest.ContainsKey(person);

    /// <summary>Since when, or null: not now.</summary>
    public long? Consent(string person) => latest[person].Research is > 0 and var since ? since : null;

    public string DeviceOf(string person) => Identity(latest[person].SerialNumber);

    /// <summary>Everybody who ever claimed the device.</summary>
    public IReadOnlySet<string> Owners(string device) =>
        owners.GetValueOrDefault(device) ?? (IReadOnlySet<string>)System.Collections.Frozen.FrozenSet<string>.Empty;

    // Of records that are equally late one without consent wins: a withdrawal always holds.
    static CustomerRecord Latest(IEnumerable<CustomerRecord> records) => records
        .OrderByDescending(record => record.Updated ?? record.Registered)
        .ThenByDescending(record => record.Registered)
        .ThenBy(record => record.Research is > 0)
        .ThenByDescending(record => record.Research)
        .ThenBy(record => record.SerialNumber, StringComparer.Ordinal)
        .First();
}
