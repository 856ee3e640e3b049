namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Asks for all tables of the run to be published together.</summary>
/// <param name="Run">The run.</param>
/// <param name="Tables">The five tables, audited.</param>
/// <param name="SnapshotsToKeep">See <see cref="LakehouseInput.SnapshotsToKeep"/>.</param>
/// <param name="AllowLooserPolicy">See <see cref="LakehouseInput.AllowLooserPolicy"/>.</param>
public sealed record PublishInput(LakeRun Run, IReadOnlyList<BuiltTable> Tables, int SnapshotsToKeep, bool AllowLooserPolicy);
