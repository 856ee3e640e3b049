namespace Stedi.Temporal.Workflows.Lake;

/// <summary>The five tables a run makes, by name.</summary>
public static class LakeTables
{
    public const string CustomerTrusted = "customer_trusted";
    public const string AccelerometerTrusted = "accelerometer_trusted";
    public const string CustomersCurated = "customers_curated";
    public const string StepTrainerTrusted = "step_trainer_trusted";
    public const string MachineLearningCurated = "machine_learning_curated";

    /// <summary>All five, in the order in which they are made and published.</summary>
    public static IReadOnlyList<string> All { get; } =
        [CustomerTrusted, AccelerometerTrusted, CustomersCurated, StepTrainerTrusted, MachineLearningCurated];
}
