using Stedi.Temporal.Workflows;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>A run that a command follows.</summary>
/// <param name="Handle">The run, and no other run of its workflow.</param>
/// <param name="WasOpen">Whether it was there before the command.</param>
public sealed record JoinedRun(WorkflowHandle<LakehouseWorkflow, LakehouseReport> Handle, bool WasOpen);
