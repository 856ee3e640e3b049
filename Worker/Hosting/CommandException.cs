namespace Stedi.Temporal.Worker.Hosting;

/// <summary>A command cannot continue, for a reason that its user can understand and act on.</summary>
/// <param name="message">What happened, and why.</param>
/// <param name="advice">What to do, one line per entry, with commands in backquotes.</param>
public sealed class CommandException(string message, params string[] advice) : Exception(message)
{
    /// <summary>What to do.</summary>
    public IReadOnlyList<string> Advice { get; } = advice;

    /// <summary>The process's exit code.</summary>
    public int ExitCode { get; init; } = ExitCodes.Failed;
}

/// <summary>The exit codes of the process. <see cref="Done"/> of the main job means that its snapshot is published.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>The command line or temporal-dev.yaml is invalid.</summary>
    public const int Usage = 2;

    /// <summary>The run completed, but a newer one had published before it.</summary>
    public const int Superseded = 3;

    /// <summary>Stopped by Ctrl-C or a termination signal, as shells report it.</summary>
    public const int Interrupted = 130;
}
