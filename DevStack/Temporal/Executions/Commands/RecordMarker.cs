namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Writes a marker: local activities, patches, side effects.</summary>
public sealed class RecordMarker : ICommandHandler
{
    public CommandType Type => CommandType.RecordMarker;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var attributes = command.RecordMarkerCommandAttributes;
        if (attributes.MarkerName.Length == 0)
        {
            throw new BadCommandException(WorkflowTaskFailedCause.BadRecordMarkerAttributes, "MarkerName is not set on RecordMarkerCommand.");
        }

        tx.Append(command.Event(new()
        {
            MarkerRecordedEventAttributes = new()
            {
                MarkerName = attributes.MarkerName,
                Details = { attributes.Details },
                Header = attributes.Header,
                Failure = attributes.Failure,
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
            },
        }));
    }
}
