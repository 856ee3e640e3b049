using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Executions.Entities;

/// <summary>The phases of an update that a worker accepted; before that it is only in memory.</summary>
public enum UpdatePhase
{
    Accepted = 0,
    Completed = 1,
}

/// <summary>An accepted update.</summary>
public sealed class UpdateState : IEntity<UpdatePhase>
{
    public UpdatePhase Phase { get; set; }

    public string UpdateId { get; set; } = "";

    public string Name { get; set; } = "";

    public long AcceptedEventId { get; set; }

    public Outcome? Outcome { get; set; }
}
