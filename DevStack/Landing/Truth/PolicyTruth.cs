namespace Stedi.DevStack.Landing.Truth;

/// <summary>What the pipeline must make of the data under one consent policy.</summary>
public sealed record PolicyTruth
{
    public required long CustomerTrusted { get; init; }

    public required long AccelerometerTrusted { get; init; }

    public required long CustomersCurated { get; init; }

    public required long StepTrainerTrusted { get; init; }

    public required long MachineLearningCurated { get; init; }

    /// <summary>
    /// What joining the two trusted sensor tables on the instant alone would give: wrong, because it pairs one person's
    /// readings with another's steps.
    /// </summary>
    public required long TimestampOnlyJoin { get; init; }

    /// <summary>Rows that are in none of the tables above, by table and reason; reasons without rows are absent.</summary>
    public required IReadOnlyDictionary<Missing, long> LeftOut { get; init; }
}
