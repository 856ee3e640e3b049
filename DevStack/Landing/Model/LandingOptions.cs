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
public enum LandingDefects
{
    None = 0,

    /// <summary>A line that is not JSON, in each source. Rejected.</summary>
    MalformedLines = 1 << 0,

    /// <summary>A line cut off in the middle of a file, and the last line of each source, which has no end. Rejected.</summary>
    CutOffLines = 1 << 1,

    /// <summary>A line with bytes that are not UTF-8 where a value should be. Rejected.</summary>
    InvalidUtf8 = 1 << 2,

    /// <summary>A line with <c>NaN</c> for a number, bare or quoted. Rejected.</summary>
    NotANumber = 1 << 3,

    /// <summary>A line that has a required key twice, with different values, and so is ambiguous. Rejected.</summary>
    DuplicateKeys = 1 << 4,

    /// <summary>Two lines of 20 MB in accelerometer: a row with a huge unknown member, which counts, and garbage, which is rejected.</summary>
    HugeLines = 1 << 5,

    /// <summary>Files of other kinds: hidden ones, which are not read, and a text file of one line. That line is rejected.</summary>
    ForeignFiles = 1 << 6,

    /// <summary>Files of no bytes. No rows.</summary>
    EmptyFiles = 1 << 7,

    /// <summary>No step_trainer folder. A source without rows.</summary>
    MissingFolders = 1 << 8,

    /// <summary>Every file begins with a byte order mark, which is not part of its first line. The rows count.</summary>
    ByteOrderMarks = 1 << 9,

    /// <summary>Lines end in CRLF. The rows count.</summary>
    CarriageReturns = 1 << 10,

    /// <summary>Every other file, beginning with the first, is compressed and named <c>.json.gz</c>. The rows count.</summary>
    Gzip = 1 << 11,

    /// <summary>A row in each file has its numbers in quotes. It counts.</summary>
    NumbersAsStrings = 1 << 12,

    /// <summary>A row in each file has its keys in capitals. It counts: keys are not case-sensitive.</summary>
    OtherKeyCases = 1 << 13,

    /// <summary>A row in each file has members that are no columns, plain and nested. It counts.</summary>
    UnknownColumns = 1 << 14,

    /// <summary>A row in each file has an unknown member 500 levels deep. It counts.</summary>
    DeepNesting = 1 << 15,

    /// <summary>Sensor rows whose time is in seconds. They count, as readings of 1970: before every consent, without partners.</summary>
    TimesInSeconds = 1 << 16,

    /// <summary>Sensor rows whose time is negative. They count, as readings before 1970.</summary>
    NegativeTimes = 1 << 17,

    /// <summary>Consents that are null or 0 in place of an absent key. The rows count, and mean no consent.</summary>
    EmptyConsents = 1 << 18,

    /// <summary>
    /// People with several records: withdrawals, later and of the same instant, new consents, former devices, emails in
    /// other cases and with blanks around. The rows count, and the latest of each person decides.
    /// </summary>
    DuplicatePeople = 1 << 19,

    /// <summary>Devices that two people claim, one in another case. The rows count; the devices have no owner.</summary>
    SharedDevices = 1 << 20,

    /// <summary>Sensor rows that landed twice. They are rows, and count once in the tables.</summary>
    DuplicateReadings = 1 << 21,

    /// <summary>Sensor rows of people and devices in no customer record. They are rows, and in no table.</summary>
    Orphans = 1 << 22,

    /// <summary>All defects except the missing folder.</summary>
    All = ((1 << 23) - 1) & ~MissingFolders,
}
