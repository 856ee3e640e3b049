namespace Stedi.DevStack.Landing.Truth;

/// <summary>A table that rows are missing from, and why.</summary>
/// <param name="Table">The table, as it is published.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
public sealed record Missing(string Table, string Reason);

/// <summary>Why a row is left out. The first that applies counts, in this order.</summary>
public static class Reasons
{
    /// <summary>No customer record has the reading's email.</summary>
    public const string UnknownPerson = "unknown person";

    /// <summary>No customer record has the reading's serial number.</summary>
    public const string UnknownDevice = "unknown device";

    /// <summary>Records of several people have the device's serial number.</summary>
    public const string AmbiguousDevice = "ambiguous device";

    /// <summary>The person's latest record carries no research consent.</summary>
    public const string NoConsent = "no consent";

    /// <summary>The device is in an older record of its owner only.</summary>
    public const string FormerDevice = "former device";

    /// <summary>The reading is older than the consent.</summary>
    public const string BeforeConsent = "before consent";

    /// <summary>The device's owner has no trusted accelerometer readings.</summary>
    public const string OwnerWithoutReadings = "owner without app readings";

    /// <summary>The customer has no trusted accelerometer readings.</summary>
    public const string NoReadings = "no trusted readings";

    /// <summary>A later record of the same person counts.</summary>
    public const string OlderRecord = "older record";

    /// <summary>Equal in all required fields to another reading, which is kept.</summary>
    public const string Duplicate = "duplicate reading";

    /// <summary>A trusted step reading without accelerometer readings of its owner at that instant.</summary>
    public const string StepWithoutPartner = "no partner: step reading";

    /// <summary>A trusted accelerometer reading without a step reading of the person's device at that instant.</summary>
    public const string ReadingWithoutPartner = "no partner: accelerometer reading";
}
