using System.CommandLine;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>The features of builds that include Worker/Local.</summary>
internal interface ILocalFeatures : IEmbeddedStackLauncher
{
    /// <summary>The commands that only a build with the embedded stack has.</summary>
    public IEnumerable<Command> CreateCommands(CommandContext context);

    /// <summary>Generates landing data if the embedded lake has none.</summary>
    public Task GenerateLandingAsync(CommandContext context, LakehouseStack stack, CancellationToken cancellationToken);

    /// <summary>Replaces the embedded lake's pseudonym key if it is unusable.</summary>
    public Task ReplaceUnusableKeyAsync(LakehouseStack stack, TimeProvider time, CancellationToken cancellationToken);
}
