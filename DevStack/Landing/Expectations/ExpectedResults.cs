namespace Stedi.DevStack.Landing.Expectations;

/// <summary>
/// What the pipeline must make of a generated data set, computed while generating it and not by a query. Rejected input
/// is counted in lines, everything else in rows. The results hold for runs before the year 2090.
/// </summary>
public sealed record ExpectedResults
{
    public required ExpectedSource Customer { get; init; }

    public required ExpectedSource Accelerometer { get; init; }

    public required ExpectedSource StepTrainer { get; init; }

    /// <summary>Different emails in the customer rows, as they are written.</summary>
    public required long DistinctEmails { get; init; }

    /// <summary>Whether a run publishes nothing, whatever its limits: somebody's withdrawal may be lost, or a source has no rows.</summary>
    public bool StopsRun => Customer.AnonymousLines > 0 || Customer.Rows == 0 || Accelerometer.Rows == 0 || StepTrainer.Rows == 0;

    /// <summary>People whose records are in doubt, by reason; reasons without people are absent.</summary>
    public required IReadOnlyDictionary<string, long> WithheldPeople { get; init; }

    /// <summary>Customer rows that carry no research consent.</summary>
    public required long CustomersWithoutConsent { get; init; }

    /// <summary>Rows of the three landing tables joined on email, serial number and time, as they are written.</summary>
    public required long LandingJoin { get; init; }

    /// <summary>Results of the policy that uses every reading of a person whose latest record has a consent.</summary>
    public required ExpectedTables Given { get; init; }

    /// <summary>Results of the policy that uses only readings that are not older than the consent.</summary>
    public required ExpectedTables AtReading { get; init; }
}

/// <summary>What landed for one source.</summary>
/// <param name="Rows">Lines that hold a row by the source's contract.</param>
/// <param name="RejectedLines">Lines that do not hold a row and are not blank.</param>
/// <param name="Files">Files in the source's landing folder, except hidden ones.</param>
/// <param name="Bytes">Size of those files.</param>
public sealed record ExpectedSource(long Rows, long RejectedLines, int Files, long Bytes)
{
    /// <summary>Rejected lines of customers from which no person can be read. A single one stops a run.</summary>
    public long AnonymousLines { get; init; }

    /// <summary>Lines that hold nothing.</summary>
    public long BlankLines { get; init; }

    /// <summary>Optional values of rows that cannot be read and are NULL.</summary>
    public long DroppedValues { get; init; }

    /// <summary>Texts of rows with a replacement for bytes that are not UTF-8.</summary>
    public long DamagedTexts { get; init; }
}

/// <summary>Rows of each table under one consent policy.</summary>
public sealed record ExpectedTables
{
    public required long CustomerTrusted { get; init; }

    public required long AccelerometerTrusted { get; init; }

    public required long CustomersCurated { get; init; }

    public required long StepTrainerTrusted { get; init; }

    public required long MachineLearningCurated { get; init; }

    /// <summary>
    /// Rows of a join of the two trusted sensor tables on the instant alone. Such a join is wrong, because it pairs one
    /// person's readings with another's steps.
    /// </summary>
    public required long TimestampOnlyJoin { get; init; }

    /// <summary>Rows that are in none of the tables above, by table and reason; reasons without rows are absent.</summary>
    public required IReadOnlyDictionary<Exclusion, long> LeftOut { get; init; }
}

/// <summary>A table and a reason why rows are left out of it.</summary>
/// <param name="Table">The name of the published table.</param>
/// <param name="Reason">One of <see cref="ExclusionReasons"/>.</param>
public sealed record Exclusion(string Table, string Reason);

/// <summary>Reasons why a row is left out. If several apply, the first in this order counts.</summary>
public static class ExclusionReasons
{
    /// <summary>No customer record has the reading's email.</summary>
    public const string UnknownPerson = "unknown person";

    /// <summary>No customer record has the reading's serial number.</summary>
    public const string UnknownDevice = "unknown device";

    /// <summary>Records of several people have the device's serial number.</summary>
    public const string AmbiguousDevice = "ambiguous device";

    /// <summary>A line that names the person was rejected and may be a withdrawal.</summary>
    public const string ConsentUnreadable = "consent record unreadable";

    /// <summary>The person has a record without consent that cannot be ordered, because it has no update time.</summary>
    public const string UndatedWithdrawal = "undated withdrawal";

    /// <summary>The person's consent is dated before an earlier record without consent.</summary>
    public const string EarlierWithdrawal = "earlier withdrawal";

    /// <summary>The person's consent, or the record of it, is dated after the run.</summary>
    public const string ConsentNotInForce = "consent not yet in force";

    /// <summary>The person's latest record carries no research consent.</summary>
    public const string NoConsent = "no consent";

    /// <summary>The device is only in an older record of its owner.</summary>
    public const string FormerDevice = "former device";

    /// <summary>The reading is older than the consent.</summary>
    public const string BeforeConsent = "before consent";

    /// <summary>The device's owner has no trusted accelerometer readings.</summary>
    public const string OwnerWithoutReadings = "owner without app readings";

    /// <summary>The customer has no trusted accelerometer readings.</summary>
    public const string NoReadings = "no trusted readings";

    /// <summary>The same person has a later record, which counts instead.</summary>
    public const string OlderRecord = "older record";

    /// <summary>Equal in all required fields to another reading, which is kept.</summary>
    public const string Duplicate = "duplicate reading";

    /// <summary>A trusted step reading without accelerometer readings of its owner at that instant.</summary>
    public const string StepWithoutPartner = "no partner: step reading";

    /// <summary>A trusted accelerometer reading without a step reading of the person's device at that instant.</summary>
    public const string ReadingWithoutPartner = "no partner: accelerometer reading";
}
