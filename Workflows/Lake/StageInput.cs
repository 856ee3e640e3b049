namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Asks for one landing source to be read once, typed, and kept as Parquet.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepId">The step's GUID; see <see cref="BuildInput.StepId"/>.</param>
/// <param name="Source">What the crawl found.</param>
public sealed record StageInput(LakeRun Run, Guid StepId, CrawledSource Source);
