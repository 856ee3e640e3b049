using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>The run that a step belongs to; the same in every step's input.</summary>
/// <param name="Id">Temporal's run id; part of every name and location that the run makes.</param>
/// <param name="WorkflowId">Temporal's workflow id, to find the run's history.</param>
/// <param name="AsOf">The workflow's time before staging: which of two snapshots is newer is decided by it.</param>
/// <param name="SourcePrefix">See <see cref="LakehouseInput.SourcePrefix"/>.</param>
/// <param name="Policy">Which readings of a consenting person may be used.</param>
public sealed record RunContext(string Id, string WorkflowId, DateTimeOffset AsOf, string SourcePrefix, ConsentPolicy Policy);
