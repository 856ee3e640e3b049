using Stedi.Temporal.Workflows.Lake;
using Temporalio.Activities;

namespace Stedi.Temporal.Workflows;

/// <summary>Finding out what landed.</summary>
public interface ICatalogActivities
{
    /// <summary>
    /// Crawls one source into the Glue catalogue and holds what was found against the contract. Fails for good
    /// (<see cref="FailureTypes.BrokenContract"/>) when nothing landed or a required column is absent everywhere.
    /// </summary>
    [Activity]
    Task<CrawledSource> CrawlAsync(CrawlInput input);

    /// <summary>
    /// Reads one source's lines once, types them by the contract and keeps them as Parquet, rejected lines with their
    /// reason. Fails for good (<see cref="FailureTypes.LandingMismatch"/>) when the query read other files than landed.
    /// </summary>
    [Activity]
    Task<StagedSource> StageAsync(StageInput input);

    /// <summary>Copies the text of rejected lines to the quarantine, with file and reason, for somebody to mend.</summary>
    [Activity]
    Task<QuarantinedLines> QuarantineAsync(QuarantineInput input);
}
