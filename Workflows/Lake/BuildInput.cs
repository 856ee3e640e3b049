namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Asks for one table to be made from others.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepId">
/// A GUID that the workflow gives the step: every attempt uses it, so that a query submitted by a dead attempt is found
/// again, and output never mixes with another step's.
/// </param>
/// <param name="Inputs">The work tables to read, by the name that the SQL uses for them.</param>
public sealed record BuildInput(LakeRun Run, Guid StepId, IReadOnlyDictionary<string, string> Inputs);
