using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>The run that a step belongs to. It is part of the input of every activity.</summary>
/// <param name="Id">Temporal's run id. It is part of the names and locations of everything that the run creates.</param>
/// <param name="WorkflowId">Temporal's workflow id.</param>
/// <param name="AsOf">The workflow's time before staging. It decides which of two snapshots is newer.</param>
/// <param name="SourcePrefix">See <see cref="LakehouseInput.SourcePrefix"/>.</param>
/// <param name="Policy">Which readings of a consenting person may be used.</param>
public sealed record RunContext(string Id, string WorkflowId, DateTimeOffset AsOf, string SourcePrefix, ConsentPolicy Policy)
{
    /// <summary>
    /// The lake of the worker that opened the run, as account, bucket and database; before that, what the input names, or null. Workers
    /// of other lakes refuse the run's steps; see <see cref="FailureTypes.OtherLake"/>.
    /// </summary>
    public string? Lake { get; init; }

    /// <summary>
    /// The heartbeat time-out of the run's steps in seconds, as the worker that opened the run is configured; null for
    /// <see cref="ActivityProfiles.HeartbeatTimeout"/>.
    /// </summary>
    public int? HeartbeatSeconds { get; init; }
}

/// <summary>The input of a step. A worker refuses it in the execution of any other run; see <see cref="FailureTypes.ResetNotSupported"/>.</summary>
public interface IStepInput
{
    /// <summary>The run that the step belongs to.</summary>
    public RunContext Run { get; }
}
