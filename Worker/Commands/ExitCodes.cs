namespace Stedi.Temporal.Worker.Commands;

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
