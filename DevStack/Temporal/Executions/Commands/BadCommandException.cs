namespace Stedi.DevStack.Temporal.Executions.Commands;

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
