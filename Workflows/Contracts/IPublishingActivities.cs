using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Making a run's tables visible, all together or not at all.</summary>
public interface IPublishingActivities
{
    /// <summary>
    /// Notes that the run is under way, so that no other run takes its work for a leftover, and finishes a publication whose
    /// publisher died.
    /// </summary>
    [Activity]
    public Task OpenRunAsync(RunContext run);

    /// <summary>Publishes the run's snapshot, or finds that a newer one is already there.</summary>
    [Activity]
    public Task<PublishedSnapshot> PublishAsync(PublishInput input);

    /// <summary>
    /// Finds a kept snapshot and makes its tables readable to the run. Fails for good
    /// (<see cref="FailureTypes.MissingResource"/>) when it is not kept.
    /// </summary>
    [Activity]
    public Task<KeptSnapshot> PickSnapshotAsync(PickSnapshotInput input);

    /// <summary>Publishes a kept snapshot's tables again, as a new generation, or finds that a newer one is already there.</summary>
    [Activity]
    public Task<PublishedSnapshot> RestoreAsync(RestoreInput input);

    /// <summary>
    /// Removes the run's work tables and staged data, what closed runs left behind, and snapshots that are no longer kept.
    /// Never what readers see, or what an open run may need.
    /// </summary>
    [Activity]
    public Task CleanUpAsync(RunContext run);
}

/// <summary>Asks for all tables of the run to be published together.</summary>
/// <param name="Run">The run.</param>
/// <param name="Tables">The five tables, audited.</param>
/// <param name="SnapshotsToKeep">See <see cref="LakehouseInput.SnapshotsToKeep"/>.</param>
/// <param name="AllowLooserPolicy">See <see cref="LakehouseInput.AllowLooserPolicy"/>.</param>
public sealed record PublishInput(RunContext Run, IReadOnlyList<BuiltTable> Tables, int SnapshotsToKeep, bool AllowLooserPolicy);

/// <summary>What became of a run's tables.</summary>
/// <param name="Outcome">Whether readers now see them.</param>
/// <param name="Generation">The snapshot's number, counting up with every publication; of the newer one if superseded.</param>
/// <param name="RunId">The run whose tables readers see.</param>
/// <param name="AsOf">That run's time.</param>
/// <param name="Location">The object that says so, as an <c>s3://</c> URI.</param>
public sealed record PublishedSnapshot(PublishOutcome Outcome, long Generation, string RunId, DateTimeOffset AsOf, string Location);

/// <summary>What became of a run's tables.</summary>
public enum PublishOutcome
{
    /// <summary>Readers see them.</summary>
    Published,

    /// <summary>A run with a later time published first: its tables stay, these are dropped.</summary>
    Superseded,
}

/// <summary>Asks for a kept snapshot.</summary>
/// <param name="Run">The rollback's run.</param>
/// <param name="Generation">Its generation, or 0 for the one before the current one.</param>
public sealed record PickSnapshotInput(RunContext Run, long Generation);

/// <summary>A snapshot that a rollback may go back to, with its tables readable as work tables of the rollback's run.</summary>
/// <param name="Generation">Its generation.</param>
/// <param name="Policy">The policy that its tables were made under.</param>
/// <param name="SourcePrefix">Where the data that it was made from landed.</param>
/// <param name="WorkTables">Its tables in the work database, by the names that the SQL uses.</param>
public sealed record KeptSnapshot(long Generation, ConsentPolicy Policy, string SourcePrefix, IReadOnlyDictionary<string, string> WorkTables);

/// <summary>Asks for a kept snapshot to be published again.</summary>
/// <param name="Run">The rollback's run.</param>
/// <param name="Generation">The snapshot's generation.</param>
/// <param name="AllowLooserPolicy">See <see cref="LakehouseInput.AllowLooserPolicy"/>.</param>
public sealed record RestoreInput(RunContext Run, long Generation, bool AllowLooserPolicy);
