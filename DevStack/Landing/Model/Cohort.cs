namespace Stedi.DevStack.Landing.Model;

/// <summary>
/// People who practised within the same minutes, with everything that landed of them. Nobody and nothing in a cohort
/// occurs in another: no email, no serial number, no instant.
/// </summary>
sealed class Cohort
{
    /// <summary>How many people it was made of, whatever records they have.</summary>
    public required int People { get; init; }

    public List<CustomerRecord> Customers { get; } = [];

    public List<AppReading> App { get; } = [];

    public List<StepReading> Steps { get; } = [];
}
