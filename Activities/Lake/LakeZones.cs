namespace Stedi.Temporal.Activities.Lake;

/// <summary>The first part of the key of everything that runs write.</summary>
public static class LakeZones
{
    /// <summary>Typed lines, for the run that staged them.</summary>
    public const string Staged = "staged";

    /// <summary>Rejected lines; they expire.</summary>
    public const string Quarantine = "quarantine";

    /// <summary>What consent allows.</summary>
    public const string Trusted = "trusted";

    /// <summary>What is worth training on.</summary>
    public const string Curated = "curated";
}
