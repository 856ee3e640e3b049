namespace Stedi.Temporal.Activities.Lake;

/// <summary>The zones of the lake. The keys of everything that a run writes start with its zone.</summary>
public static class LakeZones
{
    /// <summary>Files as they landed. Their keys start with the source instead; see <c>LandingSources.Prefix</c>.</summary>
    public const string Landing = "landing";

    /// <summary>Typed lines, used only by the run that staged them.</summary>
    public const string Staged = "staged";

    /// <summary>Rejected lines; they expire.</summary>
    public const string Quarantine = "quarantine";

    /// <summary>The pseudonym key, cleared lines and requests about a person; only the pipeline and the privacy commands may read it.</summary>
    public const string Private = "private";

    /// <summary>Data of people who gave their consent.</summary>
    public const string Trusted = "trusted";

    /// <summary>Trusted data, selected and joined for training.</summary>
    public const string Curated = "curated";

    /// <summary>The zones whose tables readers see, in the order in which data passes through them.</summary>
    public static IReadOnlyList<string> Visible { get; } = [Landing, Trusted, Curated];
}
