namespace Stedi.DevStack.Landing.Model;

/// <summary>
/// People who practised within the same minutes, with all rows that landed for them. Two cohorts have no email, serial
/// number or instant in common.
/// </summary>
internal sealed class Cohort
{
    /// <summary>Number of people, however many records they have.</summary>
    public required int People { get; init; }

    public List<CustomerRecord> Customers { get; } = [];

    public List<AppReading> App { get; } = [];

    public List<StepReading> Steps { get; } = [];

    /// <summary>Readings whose lines are rejected.</summary>
    public List<AppReading> RejectedApp { get; } = [];

    /// <summary>Readings whose lines are rejected.</summary>
    public List<StepReading> RejectedSteps { get; } = [];
}

/// <summary>A customer's data as of one update. Times are epoch milliseconds; a consent that was never given is null.</summary>
internal sealed record CustomerRecord
{
    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string Phone { get; init; }

    public required string BirthDay { get; init; }

    public required string SerialNumber { get; init; }

    public required long Registered { get; init; }

    public long? Updated { get; init; }

    public long? Research { get; init; }

    public long? Public { get; init; }

    public long? Friends { get; init; }

    /// <summary>What makes the record's line a rejected one.</summary>
    public CustomerFlaw Flaw { get; init; }
}

/// <summary>Why a customer line is rejected, although a person can be read from it.</summary>
internal enum CustomerFlaw
{
    None,

    /// <summary>The registration is no whole number.</summary>
    FractionalRegistration,

    /// <summary>The consent is a text that is no time.</summary>
    TextConsent,

    /// <summary>The consent is given twice: null, and a time.</summary>
    RepeatedConsent,

    /// <summary>The update is a text that is no time.</summary>
    TextUpdate,

    /// <summary>The update is given twice, in two spellings of its key.</summary>
    RepeatedUpdate,

    /// <summary>The email is in an inner object.</summary>
    NestedEmail,

    /// <summary>There is no serial number.</summary>
    NoSerialNumber,
}

/// <summary>A reading of the phone app's accelerometer.</summary>
internal readonly record struct AppReading(string User, long Time, sbyte X, sbyte Y, sbyte Z);

/// <summary>A reading of the device's motion sensor.</summary>
internal readonly record struct StepReading(string SerialNumber, long Time, int Distance);
