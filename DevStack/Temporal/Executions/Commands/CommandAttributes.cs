namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>The search attributes that commands set, on this run or one they start.</summary>
public static class CommandAttributes
{
    public static SearchAttributes? Of(Command command) => command.AttributesCase switch
    {
        Command.AttributesOneofCase.UpsertWorkflowSearchAttributesCommandAttributes =>
            command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes,
        Command.AttributesOneofCase.StartChildWorkflowExecutionCommandAttributes =>
            command.StartChildWorkflowExecutionCommandAttributes.SearchAttributes,
        Command.AttributesOneofCase.ContinueAsNewWorkflowExecutionCommandAttributes =>
            command.ContinueAsNewWorkflowExecutionCommandAttributes.SearchAttributes,
        _ => null,
    };
}
