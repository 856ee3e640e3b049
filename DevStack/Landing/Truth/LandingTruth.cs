namespace Stedi.DevStack.Landing.Truth;

/// <summary>
/// What is true of a generated data set, known from how it was made: no query had a part in it. What was rejected is
/// counted in lines, everything else in rows.
/// </summary>
public sealed record LandingTruth
{
    public required SourceTruth Customer { get; init; }

    public required SourceTruth Accelerometer { get; init; }

    public required SourceTruth StepTrainer { get; init; }

    /// <summary>Different emails in the customer rows, as they are written.</summary>
    public required long DistinctEmails { get; init; }

    /// <summary>Customer rows that carry no research consent.</summary>
    public required long CustomersWithoutConsent { get; init; }

    /// <summary>Rows of the three landing tables joined on email, serial number and time, as they are written.</summary>
    public required long LandingJoin { get; init; }

    /// <summary>With every reading of somebody whose latest record carries a consent.</summary>
    public required PolicyTruth Given { get; init; }

    /// <summary>With readings that are not older than the consent.</summary>
    public required PolicyTruth AtReading { get; init; }
}
