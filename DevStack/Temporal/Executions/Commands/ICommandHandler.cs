using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Carries out one type of command: checks it, then writes its one event.</summary>
public interface ICommandHandler
{
    CommandType Type { get; }

    /// <summary>Whether the command ends the run, so that nothing may have happened that the worker has not seen.</summary>
    bool Closes => false;

    /// <exception cref="BadCommandException">The command cannot be carried out.</exception>
    void Apply(Transaction tx, Command command, CommandScope scope);
}

/// <summary>The completed workflow task that the commands came with.</summary>
/// <param name="CompletedEventId">Its WorkflowTaskCompleted event.</param>
/// <param name="Messages">The protocol messages that came beside the commands, by id.</param>
/// <param name="AdmittedUpdates">The updates that wait for acceptance, by id.</param>
public sealed record CommandScope(
    long CompletedEventId, IReadOnlyDictionary<string, Message> Messages, IReadOnlyDictionary<string, Request> AdmittedUpdates);
