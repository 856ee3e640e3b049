namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Asks for one landing source to be crawled into the catalogue.</summary>
/// <param name="Run">The run.</param>
/// <param name="Source">One of <see cref="LandingSources"/>.</param>
public sealed record CrawlInput(LakeRun Run, string Source);
