namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Asks for the text of a source's rejected lines to be set aside.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepId">The step's GUID; see <see cref="BuildInput.StepId"/>.</param>
/// <param name="Source">What the crawl found.</param>
/// <param name="Staged">What staging rejected.</param>
public sealed record QuarantineInput(LakeRun Run, Guid StepId, CrawledSource Source, StagedSource Staged);
