namespace Stedi.Temporal.Workflows.Inputs;

/// <summary>The bounds of workflow inputs, all inclusive. The configuration file has the same ones.</summary>
public static class InputLimits
{
    public const double MinRejectedLinesLimit = 0;
    public const double MaxRejectedLinesLimit = 1;

    public const int MinSnapshotsToKeep = 1;
    public const int MaxSnapshotsToKeep = 1000;


    /// <summary>The length of the longest bucket name, in characters.</summary>
    public const int MaxBucketLength = 63;

    /// <summary>The length of the longest source prefix, in characters.</summary>
    public const int MaxSourcePrefixLength = 512;
}
