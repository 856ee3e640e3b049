using Microsoft.Extensions.Logging;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Workflows;
using Temporalio.Client;
using Temporalio.Common.EnvConfig;
using Temporalio.Runtime;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>Connects to the Temporal server that the settings name.</summary>
internal static class TemporalConnection
{
    /// <summary>Connects.</summary>
    /// <param name="settings">What temporal-dev.yaml and the environment say.</param>
    /// <param name="embedded">The embedded server's address, or null where there is none.</param>
    /// <param name="logs">Where the SDK logs.</param>
    /// <exception cref="CommandException">The server cannot be reached.</exception>
    public static async Task<TemporalClient> ConnectAsync(TemporalSettings settings, string? embedded, ILoggerFactory logs)
    {
        var options = embedded is null ? External(settings) : new TemporalClientConnectOptions(embedded) { Namespace = settings.Namespace };
        options.DataConverter = StediDataConverter.Instance;
        options.LoggerFactory = logs;
        options.Runtime = new TemporalRuntime(new()
        {
            Telemetry = new() { Logging = new() { Filter = new(TelemetryFilterOptions.Level.Warn), Forwarding = new(logs.CreateLogger("Temporalio.Core")) } },
        });
        try
        {
            return await TemporalClient.ConnectAsync(options);
        }
        catch (InvalidOperationException e) when (embedded is not null)
        {
            throw new CommandException(
                $"The stack's Temporal server at {embedded} cannot be reached: {e.Message}",
                "If another command ran the stack, it has ended. The run is kept: run the command again to continue it.");
        }
        catch (InvalidOperationException e)
        {
            var usesTls = options.Tls is { Disabled: not true } || (options.Tls is null && options.ApiKey is not null);
            throw ConnectionProblem.Explain(options.TargetHost!, usesTls, e.Message);
        }
    }

    private static TemporalClientConnectOptions External(TemporalSettings settings)
    {
        // An address in temporal-dev.yaml is not combined with a profile in the user's home directory.
        var options = ClientEnvConfig.LoadClientConnectOptions(new() { DisableFile = !settings.FromEnvironment });
        options.TargetHost ??= settings.Address
            ?? throw new CommandException("The environment asks for a Temporal server but names no address.", "Set TEMPORAL_ADDRESS=host:port, or unset TEMPORAL_PROFILE and TEMPORAL_CONFIG_FILE.");
        if (options.Namespace == "default")
        {
            options.Namespace = settings.Namespace;
        }

        return options;
    }
}
