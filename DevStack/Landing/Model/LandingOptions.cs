namespace Stedi.DevStack.Landing.Model;

/// <summary>What to generate. Equal options produce equal bytes on every machine, except in compressed files.</summary>
public sealed record LandingOptions
{
    /// <summary>The size of the published data set.</summary>
    public const int PublishedCustomers = 956;

    internal const double LargestScale = 100;

    /// <summary>Another seed produces other people and other readings.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>1 is the published size: 956 customers, 81,273 accelerometer and 28,680 step rows. At most 100.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Defects to add; none by default.</summary>
    public LandingDefects Defects { get; init; }

    internal int Customers => (int)Math.Round(PublishedCustomers * Scale);

    internal bool Has(LandingDefects defect) => Defects.HasFlag(defect);

    internal void Validate()
    {
        if (!(Scale > 0 && Scale <= LargestScale && Customers >= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Scale), Scale, $"The scale must be at most {LargestScale} and at least {1.0 / PublishedCustomers:0.####}, which is one customer.");
        }
    }
}

/// <summary>
/// Defects of a landing data set, which can be combined. Each says whether its lines are rejected or count as rows. The
/// expected results include what a defect adds.
/// </summary>
[Flags]
public enum LandingDefects : long
{
    None = 0,

    /// <summary>A line that is not JSON, in each sensor's source. Rejected.</summary>
    MalformedLines = 1L << 0,

    /// <summary>In each sensor's source, a line cut off in the middle of a file, and a last line that has no end. Rejected.</summary>
    CutOffLines = 1L << 1,

    /// <summary>A line with bytes that are not UTF-8 where a number should be, in each sensor's source. Rejected.</summary>
    InvalidUtf8 = 1L << 2,

    /// <summary>A line with <c>NaN</c> for a number, bare or quoted, in each sensor's source. Rejected.</summary>
    NotANumber = 1L << 3,

    /// <summary>A line that has a required key twice, with different values, in each sensor's source. Rejected, because it is ambiguous.</summary>
    DuplicateKeys = 1L << 4,

    /// <summary>Two lines of 20 MB in accelerometer: a row with a huge unknown member, which counts, and garbage, which is rejected.</summary>
    HugeLines = 1L << 5,

    /// <summary>Files of other kinds: hidden ones, which are not read, and in the sensors' folders a text file of one line. That line is rejected.</summary>
    ForeignFiles = 1L << 6,

    /// <summary>Files of no bytes. No rows.</summary>
    EmptyFiles = 1L << 7,

    /// <summary>No step_trainer folder. A source without rows. It stops a run.</summary>
    MissingFolders = 1L << 8,

    /// <summary>Every file begins with a byte order mark, which is not part of its first line. The rows count.</summary>
    ByteOrderMarks = 1L << 9,

    /// <summary>Lines end in CRLF. The rows count.</summary>
    CarriageReturns = 1L << 10,

    /// <summary>Every other file, beginning with the first, is compressed and named <c>.json.gz</c>. The rows count.</summary>
    Gzip = 1L << 11,

    /// <summary>A row in each file has its numbers in quotes. It counts.</summary>
    NumbersAsStrings = 1L << 12,

    /// <summary>Two rows in each file have their keys in capitals and in lower case. They count: keys are not case-sensitive.</summary>
    OtherKeyCases = 1L << 13,

    /// <summary>A row in each file has members that are no columns, plain and nested. It counts.</summary>
    UnknownColumns = 1L << 14,

    /// <summary>A row in each file has an unknown member 500 levels deep. It counts.</summary>
    DeepNesting = 1L << 15,

    /// <summary>Sensor rows whose time is in seconds. Rejected, because it is implausible.</summary>
    TimesInSeconds = 1L << 16,

    /// <summary>Sensor rows whose time is negative. Rejected, because it is implausible.</summary>
    NegativeTimes = 1L << 17,

    /// <summary>Consents that are null, 0 or a word such as <c>NaN</c> in place of an absent key. The rows count, and mean no consent.</summary>
    EmptyConsents = 1L << 18,

    /// <summary>
    /// People with several records: withdrawals, later and of the same instant and without an update time, new consents, former
    /// devices, consents that are dated before a withdrawal, emails in other cases and with white space around. The rows count, and
    /// the records of each person decide together.
    /// </summary>
    DuplicatePeople = 1L << 19,

    /// <summary>Devices that two people claim, one in another case. The rows count; the devices have no owner.</summary>
    SharedDevices = 1L << 20,

    /// <summary>Sensor rows that landed twice. They are rows, and count once in the tables.</summary>
    DuplicateReadings = 1L << 21,

    /// <summary>Sensor rows of people and devices in no customer record. They are rows, and in no table.</summary>
    Orphans = 1L << 22,

    /// <summary>Sensor rows whose time is in the year 2099. Rejected, because it is implausible.</summary>
    FutureTimes = 1L << 23,

    /// <summary>Consents that are dated in the year 2099. The rows count; the consents are not yet in force.</summary>
    FutureConsents = 1L << 24,

    /// <summary>
    /// Customer lines with an unreadable, missing or repeated value, from which a person can be read. Rejected; they withhold their
    /// person, unless a later record answers them or they carry a consent.
    /// </summary>
    RejectedCustomers = 1L << 25,

    /// <summary>Two rows in each file have whole numbers with a fraction of 0 and with an exponent. They count.</summary>
    FloatNumbers = 1L << 26,

    /// <summary>A row in each file has a comma behind it. It counts.</summary>
    TrailingCommas = 1L << 27,

    /// <summary>Lines that are empty, or hold blanks or the brackets of an array. They are blank: neither rows nor rejected.</summary>
    BlankLines = 1L << 28,

    /// <summary>Lines end in CR, in every other file if <see cref="CarriageReturns"/> is set too. The rows count.</summary>
    BareCarriageReturns = 1L << 29,

    /// <summary>A customer row in each file has a byte in its name that is not UTF-8. It counts; the damaged text is counted too.</summary>
    DamagedTexts = 1L << 30,

    /// <summary>A customer row in each file has two optional values that cannot be read. It counts; the dropped values are counted too.</summary>
    UnreadableOptions = 1L << 31,

    /// <summary>A customer line that is not JSON, and so may be anybody's withdrawal. It stops a run.</summary>
    GarbageCustomers = 1L << 32,

    /// <summary>All defects except those that stop a run.</summary>
    All = ((1L << 33) - 1) & ~MissingFolders & ~GarbageCustomers,
}
