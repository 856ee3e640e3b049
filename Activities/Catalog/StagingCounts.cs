using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>The accepted and rejected lines of a source.</summary>
/// <param name="Accepted">The number of accepted lines.</param>
/// <param name="Rejections">The rejected lines by file and reason, largest number first.</param>
/// <param name="Files">The <c>s3://</c> URIs of the files that the lines came from.</param>
internal sealed record StagingCounts(long Accepted, IReadOnlyList<RejectedLines> Rejections, IReadOnlySet<string> Files)
{
    public static StagingCounts None { get; } = new(0, [], new HashSet<string>());

    public long Rejected => Rejections.Sum(rejected => rejected.Lines);

    public long All => Accepted + Rejected;

    public static StagingCounts From(IReadOnlyList<QueryRow> rows) => new(
        rows.Where(row => row["reason"] is null).Sum(row => row.Count("n")),
        [.. rows.Where(row => row["reason"] is not null).Select(row => new RejectedLines(row["source_file"] ?? "", row["reason"]!, row.Count("n")))],
        rows.Select(row => row["source_file"] ?? "").ToHashSet(StringComparer.Ordinal));
}
