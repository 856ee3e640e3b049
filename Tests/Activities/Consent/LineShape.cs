using Stedi.DevStack.Landing.Expectations;

namespace Stedi.Temporal.Activities.Tests.Consent;

/// <summary>A kind of customer line, which any person can have: its text, and what must be read of it.</summary>
internal sealed record LineShape(LineValue Consent, LineValue Update, LineValue Registration)
{
    /// <summary>The value of an optional column that marks the lines that are cleared in a test.</summary>
    public const string ClearedPhone = "cleared";

    public LineFormat Format { get; init; }

    public LineAddress Address { get; init; }

    public LineDevice Device { get; init; }

    /// <summary>Whether somebody has cleared the line.</summary>
    public bool IsCleared { get; init; }

    /// <summary>Whether a person can be read from the line.</summary>
    public bool HasPerson => Format == LineFormat.Record && Address is LineAddress.TopLevel or LineAddress.Nested;

    public bool IsAccepted => Format == LineFormat.Record && Address == LineAddress.TopLevel && Device is LineDevice.Own or LineDevice.Shared
        && !Consent.Rejects && !Update.Rejects && !Registration.Rejects;

    /// <summary>The landed line.</summary>
    public string Text(string person)
    {
        var address = Address switch
        {
            LineAddress.TopLevel => $",\"email\":\"{person}\"",
            LineAddress.Nested => $",\"contact\":{{\"email\":\"{person}\"}}",
            LineAddress.Twice => $",\"email\":\"{person}\",\"contact\":{{\"email\":\"{person}\"}}",
            _ => ",\"email\":\"n/a\"",
        };
        var device = Device switch
        {
            LineDevice.Missing => "",
            LineDevice.Unreadable => ",\"serialNumber\":123.5",
            LineDevice.Twice => $",\"serialNumber\":\"{Own(person)}\",\"serialNumber\":\"{Own(person)}\"",
            _ => $",\"serialNumber\":\"{DeviceOf(person)}\"",
        };
        var record = $"{{\"phone\":\"{(IsCleared ? ClearedPhone : "5550100199")}\"{address}{device}{Registration.Members}{Update.Members}{Consent.Members}}}";
        return Format switch { LineFormat.Blank => "[", LineFormat.TextBehindTheRecord => $"{record} {record}", _ => record };
    }

    /// <summary>The device that is read from the line.</summary>
    public string? DeviceOf(string person) => Format != LineFormat.Record ? null : Device switch
    {
        LineDevice.Own => Own(person),
        // Two people that follow each other share it, so that some devices are claimed by both of them.
        LineDevice.Shared => $"shared-{Number(person) / 2}",
        _ => null,
    };

    /// <summary>What must be read of the line; null if no person can be read.</summary>
    public ConsentLine? Read(string person) => !HasPerson ? null : new(IsAccepted, Update.Read, Registration.Read, Consent.Read)
    {
        StatesConsent = Consent.IsStated,
        Device = DeviceOf(person),
        IsCleared = IsCleared,
    };

    /// <summary>
    /// Whether the line may withdraw a consent of a record of some time: it names the person, gives no consent that can be told from a
    /// word for none, and is not certainly older.
    /// </summary>
    public bool MayWithdraw(long recordTime) =>
        HasPerson && !IsCleared && !Consent.IsStated && (Update.Read is not { } updated || updated >= recordTime || Registration.Read >= recordTime);

    public override string ToString() => string.Join(
        ", ",
        ((string[])[Consent.Name, Update.Name, Registration.Name, Format == default ? "" : Format.ToString(), Address == default ? "" : $"email {Address}", Device == default ? "" : $"device {Device}", IsCleared ? "cleared" : ""])
            .Where(part => part.Length > 0));

    private static string Own(string person) => $"own-{Number(person)}";

    private static int Number(string person) => int.Parse(person[1..person.IndexOf('@', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The form of a line.</summary>
internal enum LineFormat
{
    /// <summary>One JSON object.</summary>
    Record,

    /// <summary>An object and text behind it.</summary>
    TextBehindTheRecord,

    /// <summary>A line that holds nothing.</summary>
    Blank,
}

/// <summary>Where a line gives its email.</summary>
internal enum LineAddress
{
    TopLevel,
    Nested,
    Twice,
    Unreadable,
}

/// <summary>The serial number of a line.</summary>
internal enum LineDevice
{
    Own,
    Shared,
    Missing,
    Unreadable,
    Twice,
}
