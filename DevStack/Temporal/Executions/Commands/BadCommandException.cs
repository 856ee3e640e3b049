namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>A command that cannot be carried out: its workflow task fails, and its worker is told why.</summary>
public sealed class BadCommandException(WorkflowTaskFailedCause cause, string message) : Exception(message)
{
    public WorkflowTaskFailedCause Cause => cause;
}
