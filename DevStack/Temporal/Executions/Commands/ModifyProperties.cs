namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Sets memo fields.</summary>
public sealed class ModifyProperties : ICommandHandler
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
