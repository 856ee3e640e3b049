using Microsoft.Extensions.Logging;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Worker.Configuration;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>
/// The lake and the Temporal server that a command uses. Embedded servers are started, or attached to if another command of
/// the folder runs them. Disposing it stops what it started.
/// </summary>
internal sealed class LakehouseStack : IAsyncDisposable
{
    private readonly ILoggerFactory _logs;
    private readonly Lazy<Task<TemporalClient>> _temporal;
    private readonly Lazy<AwsClients> _privacy;
    private readonly IAsyncDisposable? _embedded;

    private LakehouseStack(StediSettings settings, StackFolder folder, ILoggerFactory logs, StackEndpoints endpoints, IAsyncDisposable? embedded)
    {
        _logs = logs;
        _embedded = embedded;
        Settings = settings;
        Folder = folder;
        Endpoints = endpoints;
        Lake = endpoints.Aws is null
            ? settings.LakeOptions with { Host = AwsClients.ConfiguredHost, Region = settings.Aws.Region ?? AwsClients.ConfiguredRegion ?? settings.LakeOptions.Region }
            // The embedded lakes of two machines have the same name, which matters on a Temporal server that both use.
            : settings.LakeOptions with { Host = settings.Temporal.IsEmbedded ? null : Environment.MachineName };
        Worker = endpoints is { Aws: { } aws, WorkerKey: { } key } ? AwsClients.OfEndpoint(aws, key) : AwsClients.OfAccount(settings.Aws);
        Reader = endpoints.Aws is { } local ? AwsClients.OfEndpoint(local, AccessKeys.Reader) : AwsClients.OfAccount(settings.Aws);
        _privacy = new(() => endpoints.Aws is not { } embeddedAws ? AwsClients.OfAccount(settings.Aws)
            : endpoints.PrivacyKey is { } privacyKey ? AwsClients.OfEndpoint(embeddedAws, privacyKey)
            : throw new CommandException("The process that runs this folder's stack has an earlier version, without the rights of the privacy commands.", "Stop that process, then run the command again."));
        _temporal = new(() => TemporalConnection.ConnectAsync(settings.Temporal, endpoints.Temporal, logs));
    }

    /// <summary>The settings it was opened with.</summary>
    public StediSettings Settings { get; }

    /// <summary>Where local state lives.</summary>
    public StackFolder Folder { get; }

    /// <summary>The addresses of its embedded servers.</summary>
    public StackEndpoints Endpoints { get; }

    /// <summary>The lake.</summary>
    public LakeOptions Lake { get; }

    /// <summary>AWS with the rights of the pipeline.</summary>
    public AwsClients Worker { get; }

    /// <summary>AWS as users who query the lake see it.</summary>
    public AwsClients Reader { get; }

    /// <summary>AWS with the rights of the privacy commands: they read rejected lines and clear them.</summary>
    /// <exception cref="CommandException">Another process runs the stack with a version that has no such rights.</exception>
    public AwsClients Privacy => _privacy.Value;

    /// <summary>Where logs go.</summary>
    public ILoggerFactory Logs => _logs;

    /// <summary>The location of the lake's files, for display.</summary>
    public string LakePlace => Endpoints.Aws is null ? $"s3://{Lake.Bucket}/" : StackFolder.Display(Path.Combine(Folder.Lake, Lake.Bucket));

    /// <summary>The connection to Temporal, opened by the first call.</summary>
    /// <exception cref="CommandException">The server cannot be reached.</exception>
    public Task<TemporalClient> ConnectAsync() => _temporal.Value;

    /// <summary>Opens the whole stack.</summary>
    /// <exception cref="CommandException">An embedded server cannot be started.</exception>
    public static Task<LakehouseStack> OpenAsync(IStackContext context, StediSettings settings, CancellationToken cancellationToken) =>
        OpenAsync(context, settings, needsTemporal: settings.Temporal.IsEmbedded, cancellationToken);

    /// <summary>Opens the lake alone, which is quicker: for commands that do not use Temporal.</summary>
    /// <exception cref="CommandException">An embedded server cannot be started.</exception>
    public static Task<LakehouseStack> OpenLakeAsync(IStackContext context, StediSettings settings, CancellationToken cancellationToken) =>
        OpenAsync(context, settings, needsTemporal: false, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Worker.Dispose();
        Reader.Dispose();
        if (_privacy.IsValueCreated)
        {
            _privacy.Value.Dispose();
        }

        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
        }

        _logs.Dispose();
    }

    private static async Task<LakehouseStack> OpenAsync(IStackContext context, StediSettings settings, bool needsTemporal, CancellationToken cancellationToken)
    {
        PrivateFolder.Ensure(context.Folder);
        var logs = LogFile.Open(context.Folder);
        try
        {
            if (!needsTemporal && !settings.Aws.IsEmbedded)
            {
                return new(settings, context.Folder, logs, new(null, null, null, null, null, false), null);
            }

            var launcher = context.EmbeddedStack ?? throw new CommandException(
                "This build has no embedded parts.",
                "Set TEMPORAL_ADDRESS to a Temporal server and STEDI_BUCKET to the lake's bucket.");
            var embedded = await launcher.OpenAsync(context.Folder, settings, needsTemporal, logs, context.Time, cancellationToken);
            return new(settings, context.Folder, logs, embedded.Endpoints, embedded);
        }
        catch
        {
            logs.Dispose();
            throw;
        }
    }
}
