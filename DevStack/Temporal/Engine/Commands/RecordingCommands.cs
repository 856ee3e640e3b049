using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Commands;

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

/// <summary>Sets search attributes.</summary>
public sealed class UpsertWorkflowSearchAttributes : ICommandHandler
{
    public CommandType Type => CommandType.UpsertWorkflowSearchAttributes;

    public void Apply(Transaction tx, Command command, CommandScope scope) => tx.Append(command.Event(new()
    {
        UpsertWorkflowSearchAttributesEventAttributes = new()
        {
            SearchAttributes = command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes,
            WorkflowTaskCompletedEventId = scope.CompletedEventId,
        },
    }));
}

/// <summary>Sets memo fields.</summary>
public sealed class ModifyWorkflowProperties : ICommandHandler
{
    public CommandType Type => CommandType.ModifyWorkflowProperties;

    public void Apply(Transaction tx, Command command, CommandScope scope) => tx.Append(command.Event(new()
    {
        WorkflowPropertiesModifiedEventAttributes = new()
        {
            UpsertedMemo = command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo,
            WorkflowTaskCompletedEventId = scope.CompletedEventId,
        },
    }));
}
