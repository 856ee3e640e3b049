namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>The three sources that land in the lake. Each is named after the folder that it lands in.</summary>
public static class LandingSources
{
    public const string Customer = "customer";
    public const string Accelerometer = "accelerometer";
    public const string StepTrainer = "step_trainer";

    /// <summary>All three, in the order in which reports list them.</summary>
    public static IReadOnlyList<string> All { get; } = [Customer, Accelerometer, StepTrainer];

    /// <summary>The prefix that a source's files land under, below the run's source prefix; also the folder of a local landing zone.</summary>
    public static string Prefix(string source) => $"{source}/landing/";

    /// <summary>The name of the table that is crawled from a source's files.</summary>
    public static string Table(string source) => $"{source}_landing";

    /// <summary>The name that SQL uses for a source's staged lines.</summary>
    public static string StagedTable(string source) => $"{source}_staged";
}

/// <summary>The names of the five tables that a run builds.</summary>
public static class LakeTables
{
    public const string CustomerTrusted = "customer_trusted";
    public const string AccelerometerTrusted = "accelerometer_trusted";
    public const string CustomersCurated = "customers_curated";
    public const string StepTrainerTrusted = "step_trainer_trusted";
    public const string MachineLearningCurated = "machine_learning_curated";

    /// <summary>All five, in the order in which they are built and published.</summary>
    public static IReadOnlyList<string> All { get; } =
        [CustomerTrusted, AccelerometerTrusted, CustomersCurated, StepTrainerTrusted, MachineLearningCurated];
}
