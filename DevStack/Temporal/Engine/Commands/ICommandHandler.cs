using Stedi.DevStack.Temporal.Engine.Transitions;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Engine.Commands;

/// <summary>Carries out one type of command: checks it, then writes its one event.</summary>
public interface ICommandHandler
{
    public CommandType Type { get; }

    /// <summary>Whether the command ends the run, so that nothing may have happened that the worker has not seen.</summary>
    public bool Closes => false;

    /// <exception cref="BadCommandException">The command cannot be carried out.</exception>
    public void Apply(Transaction tx, Command command, CommandScope scope);
}

/// <summary>The completed workflow task that the commands came with.</summary>
/// <param name="CompletedEventId">Its WorkflowTaskCompleted event.</param>
/// <param name="Messages">The protocol messages that came beside the commands, by id.</param>
/// <param name="AdmittedUpdates">The updates that wait for acceptance, by id.</param>
public sealed record CommandScope(
    long CompletedEventId, IReadOnlyDictionary<string, Message> Messages, IReadOnlyDictionary<string, Request> AdmittedUpdates);

/// <summary>A command that cannot be carried out: its workflow task fails, and its worker is told why.</summary>
public sealed class BadCommandException : Exception
{
    public BadCommandException(WorkflowTaskFailedCause cause, string reason)
        : base($"{cause}: {reason}") => Cause = cause;

    /// <summary>For a cause that says it all: workers know some of them by their bare name.</summary>
    public BadCommandException(WorkflowTaskFailedCause cause)
        : base(cause.ToString()) => Cause = cause;

    public WorkflowTaskFailedCause Cause { get; }

    /// <summary>Whether the worker would only send the same again, so that the run ends as well.</summary>
    public bool EndsRun { get; init; }
}

/// <summary>What a command says beyond its type, carried over to its event.</summary>
internal static class CommandEvent
{
    /// <summary>The command's event, with the summary and the event groups that the workflow's author gave the command.</summary>
    public static HistoryEvent Event(this Command command, HistoryEvent e)
    {
        e.UserMetadata = command.UserMetadata;
        e.EventGroupMarkers.Add(command.EventGroupMarkers);
        return e;
    }
}
