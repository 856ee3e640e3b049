namespace Stedi.Temporal.Worker.Schedules;

/// <summary>A run that a schedule started.</summary>
/// <param name="RunId">Temporal's run id.</param>
/// <param name="WorkflowId">Temporal's workflow id.</param>
/// <param name="Started">When it was started.</param>
public sealed record ScheduledRun(string RunId, string WorkflowId, DateTimeOffset Started);
