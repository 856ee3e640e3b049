namespace Stedi.DevStack.Landing;

/// <summary>What to generate. Equal options make equal bytes, on every machine; compressed ones may differ.</summary>
public sealed record LandingOptions
{
    /// <summary>The size of the published data set.</summary>
    public const int PublishedCustomers = 956;

    internal const double LargestScale = 100;

    /// <summary>Other seeds make other people and other readings.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>1 makes the published size: 956 customers, 81,273 accelerometer and 28,680 step rows. At most 100.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What is wrong with it. Nothing, unless told.</summary>
    public LandingDefects Defects { get; init; }

    internal int Customers => (int)Math.Round(PublishedCustomers * Scale);

    internal bool Has(LandingDefects defect) => Defects.HasFlag(defect);

    internal void Validate()
    {
        if (!(Scale > 0 && Scale <= LargestScale && Customers >= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Scale), Scale, $"A landing data set has a scale of at most {LargestScale}, and at least one customer: {1.0 / PublishedCustomers:0.####}.");
        }
    }
}
