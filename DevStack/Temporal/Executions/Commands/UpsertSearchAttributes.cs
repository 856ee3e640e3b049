namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Sets search attributes.</summary>
public sealed class UpsertSearchAttributes : ICommandHandler
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
