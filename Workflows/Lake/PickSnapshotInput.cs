namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Asks for a kept snapshot.</summary>
/// <param name="Run">The rollback's run.</param>
/// <param name="Generation">Its generation, or 0 for the one before the current one.</param>
public sealed record PickSnapshotInput(LakeRun Run, long Generation);
