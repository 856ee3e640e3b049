namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Asks for a kept snapshot to be published again.</summary>
/// <param name="Run">The rollback's run.</param>
/// <param name="Generation">The snapshot's generation.</param>
/// <param name="AllowLooserPolicy">See <see cref="LakehouseInput.AllowLooserPolicy"/>.</param>
public sealed record RestoreInput(LakeRun Run, long Generation, bool AllowLooserPolicy);
