namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Asks for one audit of what the run made, before anyone else sees it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Inputs">The work tables, staged and made, by the name that the SQL uses for them.</param>
public sealed record AuditInput(LakeRun Run, IReadOnlyDictionary<string, string> Inputs);
