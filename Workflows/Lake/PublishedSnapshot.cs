namespace Stedi.Temporal.Workflows.Lake;

/// <summary>What became of a run's tables.</summary>
/// <param name="Outcome">Whether readers now see them.</param>
/// <param name="Generation">The snapshot's number, counting up with every publication; of the newer one if superseded.</param>
/// <param name="RunId">The run whose tables readers see.</param>
/// <param name="AsOf">That run's time.</param>
/// <param name="Location">The object that says so, as an <c>s3://</c> URI.</param>
public sealed record PublishedSnapshot(PublishOutcome Outcome, long Generation, string RunId, DateTimeOffset AsOf, string Location);
