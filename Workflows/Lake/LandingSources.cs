namespace Stedi.Temporal.Workflows.Lake;

/// <summary>The three sources that land in the lake, by the folder they land in.</summary>
public static class LandingSources
{
    public const string Customer = "customer";
    public const string Accelerometer = "accelerometer";
    public const string StepTrainer = "step_trainer";

    /// <summary>All three, in the order in which reports list them.</summary>
    public static IReadOnlyList<string> All { get; } = [Customer, Accelerometer, StepTrainer];
}
