using Stedi.DevStack.Landing.Model;

namespace Stedi.Temporal.Worker.Local;

/// <summary>The help text of each defect: what it is and how a run treats it.</summary>
internal static class DefectDescriptions
{
    public static string Of(LandingDefects defect) => defect switch
    {
        LandingDefects.MalformedLines => "Rejected: a sensor line that is not JSON.",
        LandingDefects.CutOffLines => "Rejected: a sensor line cut off in the middle, and a last line without an end.",
        LandingDefects.InvalidUtf8 => "Rejected: a sensor line with bytes that are not UTF-8.",
        LandingDefects.NotANumber => "Rejected: NaN for a number, bare or quoted.",
        LandingDefects.DuplicateKeys => "Rejected: a required key twice, with different values.",
        LandingDefects.HugeLines => "Two lines of 20 MB: a row, which counts, and garbage, which is rejected.",
        LandingDefects.ForeignFiles => "Files of other kinds: hidden ones, and a text file whose line is rejected.",
        LandingDefects.EmptyFiles => "Files of no bytes.",
        LandingDefects.MissingFolders => "No step_trainer folder.",
        LandingDefects.ByteOrderMarks => "Counts: files that begin with a byte order mark.",
        LandingDefects.CarriageReturns => "Counts: lines that end in CRLF.",
        LandingDefects.Gzip => "Counts: every other file compressed.",
        LandingDefects.NumbersAsStrings => "Counts: numbers in quotes.",
        LandingDefects.OtherKeyCases => "Counts: keys in capitals and in lower case.",
        LandingDefects.UnknownColumns => "Counts: members nobody asked for, plain and nested.",
        LandingDefects.DeepNesting => "Counts: an unknown member 500 levels deep.",
        LandingDefects.TimesInSeconds => "Rejected: sensor times in seconds.",
        LandingDefects.NegativeTimes => "Rejected: negative sensor times.",
        LandingDefects.EmptyConsents => "Counts, as no consent: null, 0 or NaN for a consent.",
        LandingDefects.DuplicatePeople => "The rules of consent decide: people with several records, withdrawals among them.",
        LandingDefects.SharedDevices => "Left out: devices that two people claim.",
        LandingDefects.DuplicateReadings => "Count once: sensor rows that landed twice.",
        LandingDefects.Orphans => "Left out: sensor rows of unknown people and devices.",
        LandingDefects.FutureTimes => "Rejected: sensor times of the year 2099.",
        LandingDefects.FutureConsents => "Left out: consents dated in the year 2099.",
        LandingDefects.RejectedCustomers => "Rejected, and most withhold their person: customer lines with an unreadable value.",
        LandingDefects.FloatNumbers => "Counts: whole numbers with a fraction of 0 or an exponent.",
        LandingDefects.TrailingCommas => "Counts: a comma behind a row.",
        LandingDefects.BlankLines => "No rows: lines that hold nothing.",
        LandingDefects.BareCarriageReturns => "Counts: lines that end in CR.",
        LandingDefects.DamagedTexts => "Counts: a name with bytes that are not UTF-8.",
        LandingDefects.UnreadableOptions => "Counts: optional values that cannot be read.",
        LandingDefects.GarbageCustomers => "Stops the run: a customer line that is not JSON.",
        LandingDefects.All => "Every defect at once, but for those that stop the run.",
        _ => throw new ArgumentOutOfRangeException(nameof(defect), defect, "This defect has no text."),
    };
}
