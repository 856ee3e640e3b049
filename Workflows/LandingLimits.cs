using System.Globalization;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows;

/// <summary>Judges the rejected lines of all staged sources together.</summary>
internal static class LandingLimits
{
    private const int MaxNamedFiles = 3;

    /// <summary>Returns the failure that ends a run because of its rejected lines, or null if it may continue.</summary>
    /// <param name="staged">The staged sources.</param>
    /// <param name="limit">The share that the rejected lines, bytes and files of a source may have.</param>
    /// <param name="runId">The run, for the command that shows its rejected lines.</param>
    public static ApplicationFailureException? Judge(IReadOnlyList<StagedSource> staged, double limit, string runId)
    {
        var problems = staged.Select(source => (Source: source, Sentences: Problems(source, limit).ToList())).Where(source => source.Sentences.Count > 0).ToList();
        if (problems.Count == 0)
        {
            return null;
        }

        var isUnattributed = problems.Any(source => source.Source.Unattributed > 0);
        var remedy = isUnattributed
            ? $"`stedi quarantine list {runId}` lists the customer lines. Correct the files, or clear the lines that are nobody's withdrawal, and run again."
            : $"The rejected lines are in the quarantine of run {runId}. Correct the files and run again, or raise rejectedLinesLimit if only the limit is exceeded.";
        return new(
            $"{string.Join(" ", problems.Select(source => string.Join(" ", source.Sentences) + Files(source.Source)))} Nothing was published. {remedy}",
            isUnattributed ? FailureTypes.UnattributedLines : FailureTypes.TooManyRejectedLines,
            nonRetryable: true);
    }

    private static IEnumerable<string> Problems(StagedSource source, double limit)
    {
        var table = LandingSources.Table(source.Source);
        if (source.Unattributed > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"No person can be read from {source.Unattributed} rejected {(source.Unattributed == 1 ? "line" : "lines")} of {table}, which could be anybody's withdrawal.");
        }

        if (source.Accepted == 0)
        {
            yield return $"{table} has no accepted line.";
        }

        if (source.Source == LandingSources.Customer && source.UnreadableFiles.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"All lines of {source.UnreadableFiles.Count} {(source.UnreadableFiles.Count == 1 ? "file" : "files")} of {table} were rejected.");
        }

        string[] exceeded =
        [
            .. Share(source.Rejected, source.Accepted + source.Rejected, "lines"),
            .. Share(source.RejectedBytes, source.Bytes, "bytes"),
            .. Share(source.RejectedFiles.Count, source.Files, "files"),
        ];
        if (exceeded.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Of {table}, {string.Join(" and ", exceeded)} were rejected, more than the limit of {limit:P2}.");
        }

        IEnumerable<string> Share(long rejected, long all, string unit) =>
            rejected > limit * all ? [string.Create(CultureInfo.InvariantCulture, $"{rejected} of {all} {unit}")] : [];
    }

    // The files of the gravest problem first. The reasons are those of the source's most frequent rejections.
    private static string Files(StagedSource source)
    {
        var names = source.UnattributedFiles.Names
            .Concat(source.Source == LandingSources.Customer ? source.UnreadableFiles.Names : [])
            .Concat(source.Rejections.Select(NameOf))
            .Concat(source.RejectedFiles.Names)
            .Distinct()
            .Take(MaxNamedFiles)
            .Select(name => source.Rejections.FirstOrDefault(rejected => NameOf(rejected) == name) is { } rejected
                ? string.Create(CultureInfo.InvariantCulture, $"{name} ({rejected.Lines} {(rejected.Lines == 1 ? "line" : "lines")}: {rejected.Reason})")
                : name)
            .ToList();
        return names.Count == 0 ? "" : $" See {string.Join(", ", names)}.";
    }

    // The key of an s3:// URI, shortened as the other names are.
    private static string NameOf(RejectedLines rejected) => FileNames.Shorten(rejected.File.Split('/', 4)[^1]);
}
