using Stedi.DevStack.Landing.Model;

namespace Stedi.Temporal.Worker.Local;

/// <summary>The help text of each defect: what it is and how a run treats it.</summary>
internal static class DefectDescriptions
{
    public static string Of(LandingDefects defect) => defect switch
    {
        LandingDefects.MalformedLines => "Rejected: a line in each source that is not JSON.",
        LandingDefects.CutOffLines => "Rejected: a line cut off in the middle, and a last line without an end.",
        LandingDefects.InvalidUtf8 => "Rejected: a line with bytes that are not UTF-8.",
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
        LandingDefects.OtherKeyCases => "Counts: keys in capitals.",
        LandingDefects.UnknownColumns => "Counts: members nobody asked for, plain and nested.",
        LandingDefects.DeepNesting => "Counts: an unknown member 500 levels deep.",
        LandingDefects.TimesInSeconds => "Counts, as readings of 1970: times in seconds.",
        LandingDefects.NegativeTimes => "Counts, as readings before 1970: negative times.",
        LandingDefects.EmptyConsents => "Counts, as no consent: null or 0 for a consent.",
        LandingDefects.DuplicatePeople => "The latest decides: people with several records, withdrawals among them.",
        LandingDefects.SharedDevices => "Left out: devices that two people claim.",
        LandingDefects.DuplicateReadings => "Count once: sensor rows that landed twice.",
        LandingDefects.Orphans => "Left out: sensor rows of unknown people and devices.",
        LandingDefects.All => "Every defect at once, but for the missing folder.",
        _ => throw new ArgumentOutOfRangeException(nameof(defect), defect, "This defect has no text."),
    };
}
