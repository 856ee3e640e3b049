using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>The staged lines of a source by file and reason.</summary>
internal sealed class StagingCounts(IReadOnlyList<StagingCounts.Part> parts)
{
    public static StagingCounts None { get; } = new([]);

    public long All => parts.Sum(part => part.Lines);

    public long Accepted => parts.Where(part => part.IsAccepted).Sum(part => part.Lines);

    public long Rejected => parts.Where(part => part.IsRejected).Sum(part => part.Lines);

    public long Blank => LinesOf(StagingReasons.Blank);

    public long Cleared => LinesOf(StagingReasons.Cleared);

    public long Bytes => parts.Where(part => part.IsAccepted || part.IsRejected).Sum(part => part.Bytes);

    public long RejectedBytes => parts.Where(part => part.IsRejected).Sum(part => part.Bytes);

    public long DroppedValues => parts.Where(part => part.IsAccepted).Sum(part => part.DroppedValues);

    public long DamagedTexts => parts.Where(part => part.IsAccepted).Sum(part => part.DamagedTexts);

    public long Unattributed => parts.Where(part => part.IsRejected).Sum(part => part.WithoutPerson);

    public long Consents => parts.Where(part => part.IsAccepted).Sum(part => part.Consents);

    /// <summary>The rejected lines by file and reason, largest number first.</summary>
    public IEnumerable<RejectedLines> Rejections =>
        parts.Where(part => part.IsRejected).OrderByDescending(part => part.Lines).Select(part => new RejectedLines(part.File, part.Reason!, part.Lines));

    /// <summary>The files with accepted or rejected lines.</summary>
    public IReadOnlyList<string> Files => [.. parts.Where(part => part.IsAccepted || part.IsRejected).Select(part => part.File).Distinct()];

    /// <summary>The files with lines of any kind.</summary>
    public IReadOnlySet<string> ReadFiles => parts.Select(part => part.File).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The number of lines and of their bytes, blank lines included, of every file without bytes that are not UTF-8. Such bytes
    /// are replaced, which changes the length of their line.
    /// </summary>
    public IReadOnlyDictionary<string, (long Lines, long Bytes)> UndamagedSizes =>
        parts.GroupBy(part => part.File, StringComparer.Ordinal)
            .Where(file => file.All(part => part.DamagedLines == 0))
            .ToDictionary(file => file.Key, file => (file.Sum(part => part.Lines), file.Sum(part => part.Bytes)), StringComparer.Ordinal);

    /// <summary>The query over the staged table that <see cref="From"/> reads.</summary>
    public static string Query(SourceContract source, string table)
    {
        var isCustomer = source.Name == LandingSources.Customer;
        return $"""
            SELECT
                source_file, reason, count(*) AS n, sum(line_bytes) AS bytes, count_if(damaged) AS damaged_lines,
                sum(dropped_values) AS dropped_values, sum(damaged_texts) AS damaged_texts,
                {(isCustomer ? "count_if(person IS NULL)" : "0")} AS without_person,
                {(isCustomer ? "count(sharewithresearchasofdate)" : "0")} AS consents
            FROM {table}
            GROUP BY source_file, reason
            """;
    }

    public static StagingCounts From(IReadOnlyList<QueryRow> rows) => new(
    [
        .. rows.Select(row => new Part(row["source_file"] ?? "", row["reason"], row.Count("n"))
        {
            Bytes = row.Count("bytes"),
            DamagedLines = row.Count("damaged_lines"),
            DroppedValues = row.Count("dropped_values"),
            DamagedTexts = row.Count("damaged_texts"),
            WithoutPerson = row.Count("without_person"),
            Consents = row.Count("consents"),
        }).OrderBy(part => part.File, StringComparer.Ordinal).ThenBy(part => part.Reason, StringComparer.Ordinal),
    ]);

    /// <summary>The files with more than some number of rejected lines and no accepted line, those with most first.</summary>
    public IReadOnlyList<string> FilesWithoutAccepted(long moreThan)
    {
        var accepted = parts.Where(part => part.IsAccepted).Select(part => part.File).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. parts.Where(part => part.IsRejected && !accepted.Contains(part.File))
                .GroupBy(part => part.File, StringComparer.Ordinal)
                .Select(file => (file.Key, Lines: file.Sum(part => part.Lines)))
                .Where(file => file.Lines > moreThan)
                .OrderByDescending(file => file.Lines)
                .Select(file => file.Key),
        ];
    }

    /// <summary>The files with rejected lines from which no person can be read, those with most first.</summary>
    public IReadOnlyList<string> FilesWithoutPerson() =>
    [
        .. parts.Where(part => part.IsRejected && part.WithoutPerson > 0)
            .GroupBy(part => part.File, StringComparer.Ordinal)
            .OrderByDescending(file => file.Sum(part => part.WithoutPerson))
            .Select(file => file.Key),
    ];

    private long LinesOf(string reason) => parts.Where(part => part.Reason == reason).Sum(part => part.Lines);

    internal sealed record Part(string File, string? Reason, long Lines)
    {
        public bool IsAccepted => Reason is null;

        public bool IsRejected => Reason is not (null or StagingReasons.Blank or StagingReasons.Cleared);

        public long Bytes { get; init; }

        public long DamagedLines { get; init; }

        public long DroppedValues { get; init; }

        public long DamagedTexts { get; init; }

        public long WithoutPerson { get; init; }

        public long Consents { get; init; }
    }
}
