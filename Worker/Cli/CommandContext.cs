using Microsoft.Extensions.Hosting;
using Spectre.Console;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Everything that a command takes from its process, so that tests can replace it.</summary>
public sealed record CommandContext : IStackContext
{
    /// <summary>Where the command writes.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>The directory that contains temporal-dev.yaml and .stedi.</summary>
    public required string Directory { get; init; }

    /// <summary>Reads an environment variable; null if it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>How the user started the program, such as <c>stedi</c>; messages use it.</summary>
    public required string Program { get; init; }

    /// <summary>Standard input.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Whether standard input is a file or a pipe, so that nobody has to be asked to type.</summary>
    public bool IsInputRedirected { get; init; } = true;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The features of Worker/Local; null in a build without it.</summary>
    internal ILocalFeatures? Local { get; init; }

    /// <summary>Builds the host of a worker; set by Program.</summary>
    internal WorkerHostFactory? WorkerHostFactory { get; init; }

    /// <inheritdoc/>
    IEmbeddedStackLauncher? IStackContext.EmbeddedStack => Local;

    /// <summary>The folder of local state.</summary>
    public StackFolder Folder => StackFolder.Below(Directory);

    /// <summary>The context of this process.</summary>
    public static CommandContext FromProcess() => new()
    {
        Terminal = Terminal.FromProcess(),
        Directory = System.IO.Directory.GetCurrentDirectory(),
        Variable = Environment.GetEnvironmentVariable,
        Program = ProgramName.Current,
        Input = Console.In,
        IsInputRedirected = Console.IsInputRedirected,
    };

    /// <summary>Writes a status line to standard error.</summary>
    public void WriteStatus(string line) => Terminal.Status.WriteLine(line);

    /// <summary>Writes the first status line, before anything slow happens.</summary>
    public void WriteOpening() => WriteStatus("Bringing up the stack");

    /// <summary>Builds the host of a worker for an open stack.</summary>
    internal IHost CreateWorkerHost(LakehouseStack stack, ITemporalClient client) =>
        WorkerHostFactory?.Invoke(stack, client, Time) ?? throw new InvalidOperationException("The context of this command has no worker.");

    /// <summary>Reads the settings from the configuration file and the environment.</summary>
    /// <param name="configFile">The file that --config names, or null.</param>
    public StediSettings LoadSettings(string? configFile)
    {
        var settings = SettingsFile.Load(configFile, Directory, Variable);
        // `stedi up` prints the address of its server for other tools. Who sets it still means the local stack, with its task queue.
        return settings.Aws.IsEmbedded && settings.Temporal.Address is { } address && Local?.HasTemporalAt(Folder, address) == true
            ? settings with { Temporal = settings.Temporal with { Address = null, FromEnvironment = false } }
            : settings;
    }
}
