namespace Stedi.Temporal.Worker.Commands;

/// <summary>A run that is left to its workers.</summary>
/// <param name="WorkflowId">Temporal's workflow id.</param>
/// <param name="RunId">Temporal's run id.</param>
/// <param name="WasOpen">Whether it was there before the command.</param>
public sealed record StartedRun(string WorkflowId, string RunId, bool WasOpen);
