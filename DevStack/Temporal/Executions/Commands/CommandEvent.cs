namespace Stedi.DevStack.Temporal.Executions.Commands;

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
