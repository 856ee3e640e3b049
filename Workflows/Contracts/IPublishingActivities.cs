using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Publishes a run's tables atomically, and cleans up after the run.</summary>
public interface IPublishingActivities
{
    /// <summary>
    /// Marks the run as open, so that other runs do not remove its work, checks the pseudonym key, and completes a
    /// publication whose publisher crashed.
    /// </summary>
    /// <returns>
    /// The run with the run id of the execution that opened it. All later steps belong to that run: after a reset past this step
    /// it is not the run that executes them.
    /// </returns>
    [Activity]
    public Task<RunContext> OpenRunAsync(RunContext run);

    /// <summary>
    /// Publishes the run's snapshot, unless a newer one is published already. Fails with the non-retryable
    /// <see cref="FailureTypes.ShrunkData"/> or <see cref="FailureTypes.SourceChanged"/> if much of the last snapshot is missing
    /// or it was built from another source prefix, and the input does not allow that; with <see cref="FailureTypes.TablesChanged"/>
    /// if the tables are not those that were audited, or not all of their files are there.
    /// </summary>
    [Activity]
    public Task<PublishedSnapshot> PublishAsync(PublishInput input);

    /// <summary>
    /// Finds a kept snapshot and registers its tables as work tables of the run. Fails with the non-retryable
    /// <see cref="FailureTypes.MissingResource"/> if it is not kept.
    /// </summary>
    [Activity]
    public Task<KeptSnapshot> PickSnapshotAsync(PickSnapshotInput input);

    /// <summary>
    /// Publishes a kept snapshot's tables again, as a new generation, unless a newer one is published already. Fails with the
    /// non-retryable <see cref="FailureTypes.TablesChanged"/> as <see cref="PublishAsync"/> does.
    /// </summary>
    [Activity]
    public Task<PublishedSnapshot> RestoreAsync(RestoreInput input);

    /// <summary>
    /// Removes the run's work tables and staged data, the leftovers of closed runs, and the files of snapshots that are no
    /// longer kept. Never removes what is published or what an open run may need.
    /// </summary>
    [Activity]
    public Task CleanUpAsync(RunContext run);
}

/// <summary>The input of <see cref="IPublishingActivities.PublishAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Tables">The five tables, audited.</param>
/// <param name="SnapshotsToKeep">See <see cref="LakehouseInput.SnapshotsToKeep"/>.</param>
/// <param name="AllowLooserPolicy">See <see cref="LakehouseInput.AllowLooserPolicy"/>.</param>
public sealed record PublishInput(RunContext Run, IReadOnlyList<BuiltTable> Tables, int SnapshotsToKeep, bool AllowLooserPolicy) : IStepInput
{
    /// <summary><see cref="AuditResult.Tables"/> of the consent audit.</summary>
    public string? Audited { get; init; }

    /// <summary>The accepted lines of each source.</summary>
    public IReadOnlyDictionary<string, long> Accepted { get; init; } = new SortedDictionary<string, long>();

    /// <summary>The number of accepted customer records with a consent.</summary>
    public long Consents { get; init; }

    /// <summary>The number of people whose records refuse their consent.</summary>
    public long Refusals { get; init; }

    /// <summary>The work tables, staged and built, by the name that the SQL uses for them.</summary>
    public IReadOnlyDictionary<string, string> WorkTables { get; init; } = new SortedDictionary<string, string>();

    /// <summary>See <see cref="LakehouseInput.AllowShrink"/>.</summary>
    public int AllowShrink { get; init; }

    /// <summary>See <see cref="LakehouseInput.AllowSourceChange"/>.</summary>
    public bool AllowSourceChange { get; init; }
}

/// <summary>The result of a publication.</summary>
/// <param name="Outcome">Whether the run's tables were published.</param>
/// <param name="Generation">The number of the published snapshot, which increases with every publication.</param>
/// <param name="RunId">The run whose tables are published.</param>
/// <param name="AsOf">That run's time.</param>
/// <param name="Location">The <c>s3://</c> URI of the object that names the published snapshot.</param>
public sealed record PublishedSnapshot(PublishOutcome Outcome, long Generation, string RunId, DateTimeOffset AsOf, string Location);

/// <summary>The outcome of a publication.</summary>
public enum PublishOutcome
{
    /// <summary>The run's tables are published.</summary>
    Published,

    /// <summary>A run with a later time published first. Its tables stay published, and this run's are dropped.</summary>
    Superseded,
}

/// <summary>The input of <see cref="IPublishingActivities.PickSnapshotAsync"/>.</summary>
/// <param name="Run">The rollback's run.</param>
/// <param name="Generation">Its generation, or 0 for the one before the current one.</param>
public sealed record PickSnapshotInput(RunContext Run, long Generation) : IStepInput;

/// <summary>A kept snapshot whose tables are work tables of a rollback's run.</summary>
/// <param name="Generation">Its generation.</param>
/// <param name="Policy">The consent policy of its tables.</param>
/// <param name="SourcePrefix">The source prefix of the data that it was built from.</param>
/// <param name="WorkTables">Its tables in the work database, by the names that the SQL uses.</param>
public sealed record KeptSnapshot(long Generation, ConsentPolicy Policy, string SourcePrefix, IReadOnlyDictionary<string, string> WorkTables);

/// <summary>The input of <see cref="IPublishingActivities.RestoreAsync"/>.</summary>
/// <param name="Run">The rollback's run.</param>
/// <param name="Generation">The snapshot's generation.</param>
/// <param name="AllowLooserPolicy">See <see cref="LakehouseInput.AllowLooserPolicy"/>.</param>
/// <param name="Audited"><see cref="AuditResult.Tables"/> of the consent audit.</param>
public sealed record RestoreInput(RunContext Run, long Generation, bool AllowLooserPolicy, string? Audited) : IStepInput;
