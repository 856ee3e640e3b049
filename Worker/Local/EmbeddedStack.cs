using Microsoft.Extensions.Logging;
using Stedi.DevStack.Aws;
using Stedi.DevStack.Aws.Configuration;
using Stedi.DevStack.Temporal;
using Stedi.DevStack.Temporal.Common;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Privacy;
using Stedi.Temporal.Activities.Pseudonyms;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Local;

/// <summary>The embedded servers of a folder, run by this process or by another one.</summary>
internal sealed class EmbeddedStack : IEmbeddedServers
{
    // Runs write here and trust what they read back, so other writers could decide what is published.
    private static readonly string[] WrittenByRuns =
        [$"{LakeZones.Staged}/", $"{LakeZones.Quarantine}/", $"{LakeZones.Trusted}/", $"{LakeZones.Curated}/", "snapshots/", "runs/", "lineage/"];

    // The text of rejected lines, customers' staged lines, and what the privacy commands read are not for users who query the lake.
    private static readonly string[] NotForReaders = [PseudonymKey.PrivatePrefix, $"{LakeZones.Staged}/", $"{LakeZones.Quarantine}/"];

    private readonly List<IAsyncDisposable> _parts = [];
    private readonly StackLock? _held;

    // New at every start, so that a leaked key is useless after the next one.
    private readonly string _workerKey = AccessKeys.NewSecretKey();
    private readonly string _privacyKey = AccessKeys.NewSecretKey();

    private EmbeddedStack(StackLock? held) => _held = held;

    /// <summary>The addresses of its servers.</summary>
    public StackEndpoints Endpoints { get; private set; } = new(null, null, null, null, null, false);

    /// <summary>Starts the servers that the settings name as embedded, or attaches to the process that runs them.</summary>
    /// <exception cref="CommandException">A server cannot be started, or the running stack lacks one.</exception>
    public static async Task<EmbeddedStack> OpenAsync(
        StackFolder folder, StediSettings settings, bool needsTemporal, ILoggerFactory logs, TimeProvider time, CancellationToken cancellationToken)
    {
        // A stack without Temporal belongs to a short command, so this waits for its end.
        var entry = await StackAcquisition.OpenAsync(
            folder,
            running => (running.Temporal is not null || !needsTemporal) && (running.Aws is not null || !settings.Aws.IsEmbedded),
            time,
            cancellationToken);
        var stack = new EmbeddedStack(entry.Held);
        try
        {
            if (entry.Running is { } running)
            {
                if (settings.Aws.IsEmbedded && running.WorkerKey is null)
                {
                    throw new CommandException(
                        $"Process {running.ProcessId} runs this folder's stack with an earlier version, which let every user of this machine read the lake.",
                        "Stop that process, then run the command again.");
                }

                stack.Endpoints = new(
                    needsTemporal ? running.Temporal : null, needsTemporal ? running.Ui : null, settings.Aws.IsEmbedded ? running.Aws : null, running.WorkerKey, running.PrivacyKey, IsAttached: true);
            }
            else
            {
                await stack.StartAsync(folder, settings, needsTemporal, logs, cancellationToken);
            }

            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Other commands must stop finding the stack before it stops answering.
        _held?.RemoveAddress();
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }

        _held?.Dispose();
    }

    private async Task StartAsync(StackFolder folder, StediSettings settings, bool needsTemporal, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.State);
        // Most of a start is JIT compilation, which two threads do in half the time.
        var temporal = needsTemporal ? Task.Run(() => StartTemporalAsync(folder, settings, logs, cancellationToken), cancellationToken) : Task.FromResult<TemporalServer?>(null);
        var aws = settings.Aws.IsEmbedded ? Task.Run(() => StartAwsAsync(folder, settings, logs, cancellationToken), cancellationToken) : Task.FromResult<Uri?>(null);
        await Task.WhenAll(temporal, aws);
        var server = await temporal;
        Endpoints = new(server?.Target, server?.UiAddress, await aws, _workerKey, _privacyKey, IsAttached: false);
        _held!.PublishAddress(new(Environment.ProcessId, Endpoints.Temporal, Endpoints.Ui, Endpoints.Aws, _workerKey, _privacyKey));
    }

    private async Task<TemporalServer?> StartTemporalAsync(StackFolder folder, StediSettings settings, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var lineage = new LineagePage(() => Endpoints.Aws, settings);
        Own(lineage);
        var options = new TemporalServerOptions
        {
            Port = settings.Temporal.Port,
            Namespace = settings.Temporal.Namespace,
            StateFile = Path.Combine(folder.State, "temporal.db"),
            UiPort = settings.Temporal.UiPort,
            PageGraphs = [lineage.Graph],
            LoggerFactory = logs,
        };
        try
        {
            var server = await StartTemporalAsync(options, cancellationToken);
            Own(server);
            return server;
        }
        catch (TemporalServerException e)
        {
            var taken = e.TakenPort == options.UiPort
                ? PortConflict.Explain(e, "temporal.uiPort", null, settings.Temporal.UiPort)
                : PortConflict.Explain(e, "temporal.port", "TEMPORAL_ADDRESS", settings.Temporal.Port);
            throw taken ?? new CommandException($"The embedded Temporal server does not start: {e.Message}");
        }
    }

    private static async Task<TemporalServer> StartTemporalAsync(TemporalServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await TemporalServer.StartAsync(options, cancellationToken);
        }
        catch (TemporalServerException e) when (e.TakenPort == TemporalSettings.DefaultUiPort && options.Port != TemporalSettings.DefaultUiPort)
        {
            // The default port is not a requirement: the stack of another folder may have it.
            return await TemporalServer.StartAsync(options with { UiPort = 0 }, cancellationToken);
        }
    }

    private async Task<Uri?> StartAwsAsync(StackFolder folder, StediSettings settings, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        try
        {
            var aws = await LocalAws.StartAsync(
                new()
                {
                    Port = settings.Aws.Port,
                    LakeDirectory = folder.Lake,
                    StateDirectory = Path.Combine(folder.State, "aws"),
                    MemoryLimitMiB = settings.Aws.MemoryMiB,
                    RestrictedDatabases = [settings.Lake.PrivateDatabase, settings.Lake.WorkDatabase],
                    RestrictedPrefixes = Uris([.. NotForReaders, settings.LakeOptions.PrivacyResultsPrefix]),
                    ProtectedTables = [.. LakeContract.Tables.Select(table => $"{settings.Lake.Database}.{table.Name}"), $"{settings.Lake.WorkDatabase}.*"],
                    ProtectedPrefixes = Uris([.. WrittenByRuns, settings.LakeOptions.RunResultsPrefix]),
                    ProtectedWorkGroups = [settings.LakeOptions.WorkGroup],
                    PrivilegedAccessKeys = [_workerKey],
                    PrivilegedUser = AccessKeys.WorkerUser,
                    Grants = [PrivacyGrant(settings.LakeOptions)],
                    LoggerFactory = logs,
                },
                cancellationToken);
            Own(aws);
            using var clients = AwsClients.OfEndpoint(aws.Endpoint, _workerKey);
            await new LakeProvisioning(clients, settings.LakeOptions).EnsureAsync(cancellationToken);
            return aws.Endpoint;
        }
        catch (Exception e) when (PortConflict.Explain(e, "aws.port", null, settings.Aws.Port) is { } taken)
        {
            throw taken;
        }
    }

    // What deploy/lakehouse.yaml grants the role stedi-privacy on AWS.
    private AccessGrant PrivacyGrant(LakeOptions lake) => new()
    {
        AccessKey = _privacyKey,
        User = AccessKeys.PrivacyUser,
        Databases = [lake.PrivateDatabase],
        Tables = [$"{lake.PrivateDatabase}.{PrivateRequest.TablePrefix}*"],
        ReadPrefixes = Uris([PseudonymKey.PrivatePrefix, $"{LakeZones.Quarantine}/"]),
        WritePrefixes = Uris([ClearedLines.Prefix, PrivateRequest.RequestsPrefix, lake.PrivacyResultsPrefix]),
    };

    private static string[] Uris(string[] prefixes) => [.. prefixes.Select(prefix => $"s3://{AwsSettings.EmbeddedBucket}/{prefix}")];

    private void Own(IAsyncDisposable part)
    {
        lock (_parts)
        {
            _parts.Add(part);
        }
    }
}
