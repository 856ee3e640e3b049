using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>What became of a run's tables.</summary>
/// <param name="Outcome">Whether they were published.</param>
/// <param name="Generation">The snapshot's number; of the newer one if superseded.</param>
/// <param name="Restored">The snapshot that a rollback went back to.</param>
public sealed record ListedOutcome(PublishOutcome Outcome, long Generation, long? Restored = null);
