namespace Stedi.Temporal.Worker.Diagnosis;

/// <summary>What one check found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Holds">Whether it is as a run needs it.</param>
/// <param name="Finding">What was found, or what is wrong.</param>
/// <param name="Advice">What to do, where it is wrong.</param>
public sealed record CheckOutcome(string Name, bool Holds, string Finding, string? Advice = null);
