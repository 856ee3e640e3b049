using Stedi.DevStack.Temporal.Engine.Transitions;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Engine.Commands;

/// <summary>Handles one type of command: validates it, then writes its event.</summary>
public interface ICommandHandler
{
    public CommandType Type { get; }

    /// <summary>Whether the command closes the run. Such a command fails if there are events that the worker has not seen.</summary>
    public bool Closes => false;

    /// <exception cref="BadCommandException">The command is invalid.</exception>
    public void Apply(Transaction tx, Command command, CommandScope scope);
}

/// <summary>The completed workflow task to which the commands belong.</summary>
/// <param name="CompletedEventId">Its WorkflowTaskCompleted event.</param>
/// <param name="Messages">The protocol messages that came with the commands, by id.</param>
/// <param name="AdmittedUpdates">The updates that wait for acceptance, by id.</param>
public sealed record CommandScope(
    long CompletedEventId, IReadOnlyDictionary<string, Message> Messages, IReadOnlyDictionary<string, Request> AdmittedUpdates);

/// <summary>A command is invalid: its workflow task fails with the cause and the message.</summary>
public sealed class BadCommandException : Exception
{
    public BadCommandException(WorkflowTaskFailedCause cause, string reason)
        : base($"{cause}: {reason}") => Cause = cause;

    /// <summary>For causes whose message is only their name, by which workers recognize some of them.</summary>
    public BadCommandException(WorkflowTaskFailedCause cause)
        : base(cause.ToString()) => Cause = cause;

    public WorkflowTaskFailedCause Cause { get; }

    /// <summary>Whether the run is terminated as well, because the worker would only send the same command again.</summary>
    public bool EndsRun { get; init; }
}

/// <summary>Copies what all commands have in common to their events.</summary>
internal static class CommandEvent
{
    /// <summary>Adds the command's user metadata and event groups to its event.</summary>
    public static HistoryEvent Event(this Command command, HistoryEvent e)
    {
        e.UserMetadata = command.UserMetadata;
        e.EventGroupMarkers.Add(command.EventGroupMarkers);
        return e;
    }
}
