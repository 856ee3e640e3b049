using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>Which zone of the lake a table is in.</summary>
internal static class Zones
{
    public const string Landing = "landing";
    public const string Trusted = "trusted";
    public const string Curated = "curated";

    /// <summary>The zones in the order in which data goes through them.</summary>
    public static IReadOnlyList<string> All { get; } = [Landing, Trusted, Curated];

    public static string Of(string table) => table switch
    {
        LakeTables.CustomersCurated or LakeTables.MachineLearningCurated => Curated,
        LakeTables.CustomerTrusted or LakeTables.AccelerometerTrusted or LakeTables.StepTrainerTrusted => Trusted,
        _ => Landing,
    };
}
