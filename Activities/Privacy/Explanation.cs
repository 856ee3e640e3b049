namespace Stedi.Temporal.Activities.Privacy;

/// <summary>What the lake holds of the people whom an identity names. It contains no identity.</summary>
/// <param name="SourcePrefix">The source prefix whose customers' landing was read.</param>
/// <param name="People">The people: one for an address, those who claim the device for a serial number.</param>
/// <param name="Snapshots">The snapshots whose tables were searched, newest first.</param>
public sealed record Explanation(string SourcePrefix, IReadOnlyList<ExplainedPerson> People, IReadOnlyList<ExplainedSnapshot> Snapshots);

/// <summary>A snapshot that was searched.</summary>
/// <param name="Generation">Its number.</param>
/// <param name="AsOf">When the run started that made it.</param>
/// <param name="IsTrainingTableKnown">Whether its pseudonyms were made with the present key; otherwise rows of its training table cannot be counted.</param>
public sealed record ExplainedSnapshot(long Generation, DateTimeOffset AsOf, bool IsTrainingTableKnown);

/// <summary>A person, by number.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="ConsentSince">The consent that counts today; null for somebody who is withheld.</param>
/// <param name="WithheldFor">Why the person is withheld; null with a consent, or if no line names the person.</param>
/// <param name="Rule">The rule that applied.</param>
/// <param name="Records">Their records in today's landing, in the order of their times.</param>
/// <param name="Rows">Their rows in the published tables.</param>
public sealed record ExplainedPerson(
    int Number, DateTimeOffset? ConsentSince, string? WithheldFor, ConsentRule Rule, IReadOnlyList<ExplainedRecord> Records, IReadOnlyList<HeldRows> Rows);

/// <summary>A line of today's landing that names the person.</summary>
/// <param name="Time">Its time, by which records are ordered; null if none can be read.</param>
/// <param name="File">The file, as an <c>s3://</c> URI.</param>
/// <param name="Line">The line's keyed hash, by which it can be cleared.</param>
/// <param name="Reason">Why the line is rejected, or that it is cleared; null for an accepted one.</param>
/// <param name="IsDated">Whether it has a lastUpdateDate.</param>
/// <param name="Consent">The consent that it gives; null for none.</param>
/// <param name="StatesConsent">Whether it gives a consent, readable or not.</param>
/// <param name="Device">The number of its device among the person's; null if none can be read.</param>
/// <param name="DevicePeople">How many people claim the device.</param>
public sealed record ExplainedRecord(
    DateTimeOffset? Time, string File, string? Line, string? Reason, bool IsDated, DateTimeOffset? Consent, bool StatesConsent, int? Device, int DevicePeople);

/// <summary>Rows of a published table that belong to a person.</summary>
/// <param name="Generation">The snapshot.</param>
/// <param name="Table">The table.</param>
/// <param name="Rows">The number of rows, at least 1.</param>
public sealed record HeldRows(long Generation, string Table, long Rows);
