namespace Stedi.Temporal.Worker.Commands;

/// <summary>A command cannot go on, for a reason that a person can understand and do something about.</summary>
/// <param name="message">What happened, and why.</param>
/// <param name="advice">What to do, a line each; commands in backquotes.</param>
public sealed class CommandException(string message, params string[] advice) : Exception(message)
{
    /// <summary>What to do.</summary>
    public IReadOnlyList<string> Advice { get; } = advice;

    /// <summary>The process's exit code.</summary>
    public int ExitCode { get; init; } = ExitCodes.Failed;
}
