using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Workflows.Lineage;

/// <summary>Asks for some of a run's lineage events to be recorded.</summary>
/// <param name="Run">The run.</param>
/// <param name="Batch">Counts up from 1 within the run; the same batch may be recorded twice.</param>
/// <param name="Events">The events, in order.</param>
public sealed record RecordLineageInput(LakeRun Run, int Batch, IReadOnlyList<StepEvent> Events);
