using Spectre.Console;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>What surrounds a command: everything it takes from its process, so that a test can give it another.</summary>
public sealed record CommandContext : IStackContext
{
    /// <summary>Where it writes.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>The caller's directory: temporal-dev.yaml and .stedi are looked for here.</summary>
    public required string Directory { get; init; }

    /// <summary>Environment variables.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>What a person types for "stedi".</summary>
    public required string Program { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What Worker/Local adds; null in a build without it.</summary>
    internal ILocalFeatures? Local { get; init; }

    /// <inheritdoc/>
    IEmbeddedStackLauncher? IStackContext.EmbeddedStack => Local;

    /// <summary>Where local state lives.</summary>
    public StackFolder Folder => StackFolder.Below(Directory);

    /// <summary>The process's own surroundings.</summary>
    public static CommandContext FromProcess() => new()
    {
        Terminal = Terminal.FromProcess(),
        Directory = System.IO.Directory.GetCurrentDirectory(),
        Variable = Environment.GetEnvironmentVariable,
        Program = ProgramName.Current,
    };

    /// <summary>Says something on the way to a result.</summary>
    public void WriteStatus(string line) => Terminal.Status.WriteLine(line);

    /// <summary>Says at once that something happens.</summary>
    public void WriteOpening() => WriteStatus("Bringing up the stack");

    /// <summary>The settings of the directory and the environment.</summary>
    /// <param name="configFile">The file that --config names, or null.</param>
    public StediSettings LoadSettings(string? configFile) => SettingsFile.Load(configFile, Directory).WithEnvironment(Variable);
}
