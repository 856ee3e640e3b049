namespace Stedi.DevStack.Landing.Expectations;

/// <summary>
/// The reference function of the consent decision: from the landed lines of one person to the record that decides, or the
/// reason why the person is left out. The table in docs/privacy.md is generated from it, and the SQL that decides is tested
/// against it, so it shares nothing with the SQL.
/// </summary>
public static class ConsentRules
{
    /// <summary>Decides about one person.</summary>
    /// <param name="landed">All lines that name the person.</param>
    /// <param name="runTime">The run's time, in epoch milliseconds.</param>
    /// <returns>The decision, or null if no line names the person.</returns>
    public static ConsentDecision? Decide(IEnumerable<ConsentLine> landed, long runTime)
    {
        var lines = landed.Where(line => !line.IsCleared).ToList();
        var (records, rejected) = (lines.Where(line => line.IsAccepted).ToList(), lines.Where(line => !line.IsAccepted).ToList());
        if (lines.Count == 0)
        {
            return null;
        }

        if (!rejected.TrueForAll(line => IsAnswered(line, records, runTime) || (records.Count > 0 && HasConsentInForce(line, runTime))))
        {
            return new(null, ExclusionReasons.ConsentUnreadable);
        }

        var (consents, refusals) = (records.Where(record => record.Consent is not null).ToList(), records.Where(record => record.Consent is null).ToList());
        if (consents.Count > 0 && refusals.Exists(refusal => refusal.LastUpdate is null))
        {
            return new(null, ExclusionReasons.UndatedWithdrawal);
        }

        refusals.AddRange(rejected.Where(line => !line.StatesConsent && IsAnswered(line, records, runTime)));
        var outdated = consents.Where(consent => refusals.Exists(refusal => refusal.Time < consent.Time && consent.Consent < refusal.Time)).ToList();
        var pending = consents.Where(consent => !HasConsentInForce(consent, runTime)).ToList();
        var deciding = refusals.Concat(consents.Except(outdated).Except(pending))
            .OrderByDescending(record => record.Time)
            .ThenByDescending(record => refusals.Contains(record))
            .ThenByDescending(record => record.Consent)
            .ThenByDescending(record => record.Device, StringComparer.Ordinal)
            .FirstOrDefault();
        return deciding is not null && !refusals.Contains(deciding) ? new(deciding, null)
            : new(null, outdated.Count > 0 ? ExclusionReasons.EarlierWithdrawal : pending.Count > 0 ? ExclusionReasons.ConsentNotInForce : ExclusionReasons.NoConsent);
    }

    /// <summary>Finds the owner of each claimed device: null if several people claim it.</summary>
    /// <param name="landed">The lines of all people, each with its person.</param>
    public static IReadOnlyDictionary<string, string?> DeviceOwners(IEnumerable<(string Person, ConsentLine Line)> landed) => landed
        .Where(claim => claim.Line is { IsCleared: false, Device: not null })
        .GroupBy(claim => claim.Line.Device!, claim => claim.Person)
        .ToDictionary(device => device.Key, device => device.Distinct().Count() == 1 ? device.First() : null);

    // A later update that is accepted and not after the run's time makes a rejected line harmless.
    private static bool IsAnswered(ConsentLine line, List<ConsentLine> records, long runTime) =>
        line.LastUpdate is not null && records.Exists(record => record.LastUpdate > line.Time && record.LastUpdate <= runTime);

    private static bool HasConsentInForce(ConsentLine line, long runTime) => line.Consent <= runTime && !(line.Time > runTime);
}

/// <summary>What a customer line says about the consent of the person it names. Times are epoch milliseconds.</summary>
/// <param name="IsAccepted">False for a rejected line from which a person can be read.</param>
/// <param name="LastUpdate">When the line was last updated; null if absent, unreadable or given twice.</param>
/// <param name="Registration">When the person registered; null if absent, unreadable or given twice.</param>
/// <param name="Consent">The readable consent; null if there is none or if it is given twice.</param>
public sealed record ConsentLine(bool IsAccepted, long? LastUpdate, long? Registration, long? Consent)
{
    /// <summary>Whether a consent is given, once, that is none of the words for no consent. It may be unreadable.</summary>
    public bool StatesConsent { get; init; } = Consent is not null;

    /// <summary>The cleaned serial number; null if it cannot be read.</summary>
    public string? Device { get; init; }

    /// <summary>Whether somebody has looked at the line and cleared it.</summary>
    public bool IsCleared { get; init; }

    /// <summary>When the line counts: a registration does not make a consent any later, but may make a refusal later.</summary>
    public long? Time => IsAccepted && Consent is not null ? LastUpdate ?? Registration
        : LastUpdate is not null && Registration is not null ? Math.Max(LastUpdate.Value, Registration.Value)
        : LastUpdate ?? Registration;
}

/// <summary>What the lines of a person come to.</summary>
/// <param name="Record">The record whose consent and device count; null if the person is left out.</param>
/// <param name="Reason">One of <see cref="ExclusionReasons"/> if the person is left out.</param>
public sealed record ConsentDecision(ConsentLine? Record, string? Reason);
