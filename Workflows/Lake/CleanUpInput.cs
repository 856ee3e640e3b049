namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Asks for what a run leaves behind, and nobody needs, to be removed.</summary>
/// <param name="Run">The run.</param>
/// <param name="SnapshotsToKeep">See <see cref="LakehouseInput.SnapshotsToKeep"/>.</param>
public sealed record CleanUpInput(LakeRun Run, int SnapshotsToKeep);
