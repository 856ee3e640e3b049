using System.CommandLine;
using Microsoft.Extensions.Logging;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Worker.Local.Bench;

namespace Stedi.Temporal.Worker.Local;

/// <summary>The embedded stack and its commands.</summary>
internal sealed class LocalFeatures : ILocalFeatures
{
    /// <inheritdoc/>
    public async Task<IEmbeddedServers> OpenAsync(
        StackFolder folder, StediSettings settings, bool needsTemporal, ILoggerFactory logs, TimeProvider time, CancellationToken cancellationToken) =>
        await EmbeddedStack.OpenAsync(folder, settings, needsTemporal, logs, time, cancellationToken);

    /// <inheritdoc/>
    public bool HasTemporalAt(StackFolder folder, string address) => StackLock.ReadAddress(folder)?.Temporal == address;

    /// <inheritdoc/>
    public IEnumerable<Command> CreateCommands(CommandContext context) => [GenerateCommand.Create(context), BenchCommand.Create(context)];

    /// <inheritdoc/>
    public Task GenerateLandingAsync(CommandContext context, LakehouseStack stack, CancellationToken cancellationToken) =>
        new GeneratedLanding(stack).EnsureAsync(context, cancellationToken);

    /// <inheritdoc/>
    public Task ReplaceUnusableKeyAsync(LakehouseStack stack, TimeProvider time, CancellationToken cancellationToken) =>
        new LakeProvisioning(stack.Worker, stack.Lake).ReplaceUnusableKeyAsync(time, cancellationToken);
}
