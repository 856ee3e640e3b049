namespace Stedi.Temporal.Activities.Queries;

/// <summary>How far a step's UNLOAD is: what its heartbeats carry to the next attempt.</summary>
/// <param name="Submission">Counts up after a submission that failed.</param>
/// <param name="QueryId">Athena's id of the query, once it is known.</param>
public sealed record UnloadProgress(int Submission, string? QueryId);
