using Stedi.DevStack.Landing.Truth;
using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Worker.Embedded;

/// <summary>What is true of generated data, in the words of a run's report.</summary>
/// <param name="Landing">What landed, by source.</param>
/// <param name="Given">The rows of each table under the policy Given.</param>
/// <param name="AtReading">The rows of each table under the policy AtReading.</param>
/// <param name="LeftOut">What is left out under Given.</param>
/// <param name="LeftOutAtReading">What is left out under AtReading.</param>
sealed record GeneratedTruth(
    IReadOnlyDictionary<string, SourceTruth> Landing,
    IReadOnlyDictionary<string, long> Given,
    IReadOnlyDictionary<string, long> AtReading,
    IReadOnlyList<LeftOut> LeftOut,
    IReadOnlyList<LeftOut> LeftOutAtReading)
{
    public static GeneratedTruth Of(LandingTruth truth) => new(
        new Dictionary<string, SourceTruth>
        {
            [LandingSources.Customer] = truth.Customer,
            [LandingSources.Accelerometer] = truth.Accelerometer,
            [LandingSources.StepTrainer] = truth.StepTrainer,
        },
        Tables(truth.Given),
        Tables(truth.AtReading),
        Missing(truth.Given),
        Missing(truth.AtReading));

    static Dictionary<string, long> Tables(PolicyTruth truth) => new()
    {
        [LakeTables.CustomerTrusted] = truth.CustomerTrusted,
        [LakeTables.AccelerometerTrusted] = truth.AccelerometerTrusted,
        [LakeTables.CustomersCurated] = truth.CustomersCurated,
        [LakeTables.StepTrainerTrusted] = truth.StepTrainerTrusted,
        [LakeTables.MachineLearningCurated] = truth.MachineLearningCurated,
    };

    static List<LeftOut> Missing(PolicyTruth truth) => [.. truth.LeftOut.Select(part => new LeftOut(part.Key.Table, part.Key.Reason, part.Value))];
}
