namespace Stedi.Temporal.Worker.Hosting;

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

/// <summary>What the process says to scripts. <see cref="Done"/> of the main job means: published.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>The command line or temporal-dev.yaml says something that is not allowed.</summary>
    public const int Usage = 2;

    /// <summary>The run ended well, but a newer one had published before it.</summary>
    public const int Superseded = 3;

    /// <summary>Stopped by Ctrl-C or a termination signal, as shells have it.</summary>
    public const int Interrupted = 130;
}
