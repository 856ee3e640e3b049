using Microsoft.Extensions.Logging;
using Stedi.Temporal.Activities;
using Stedi.Temporal.Worker.Commands;
using Stedi.Temporal.Worker.Output;
using Stedi.Temporal.Worker.Settings;
using Temporalio.Client;
#if DEVSTACK
using Stedi.Temporal.Worker.Embedded;
#endif

namespace Stedi.Temporal.Worker.Stack;

/// <summary>
/// What a command works on: the lake, and the Temporal server. What the settings name as embedded is brought up, or
/// attached to if another command has; the rest is elsewhere. Disposing it ends what it brought up.
/// </summary>
sealed class LakehouseStack : IAsyncDisposable
{
    readonly ILoggerFactory logs;
    readonly Lazy<Task<TemporalClient>> temporal;
    readonly IAsyncDisposable? embedded;

    LakehouseStack(StediSettings settings, StackFolder folder, ILoggerFactory logs, StackEndpoints endpoints, IAsyncDisposable? embedded)
    {
        this.logs = logs;
        this.embedded = embedded;
        Settings = settings;
        Folder = folder;
        Endpoints = endpoints;
        Lake = settings.LakeOptions;
        Worker = endpoints is { Aws: { } aws, WorkerKey: { } key } ? AwsClients.OfEndpoint(aws, key) : AwsClients.OfAccount(settings.Aws);
        Reader = endpoints.Aws is { } local ? AwsClients.OfEndpoint(local, AccessKeys.Reader) : AwsClients.OfAccount(settings.Aws);
        temporal = new(() => TemporalConnection.ConnectAsync(settings.Temporal, endpoints.Temporal, logs));
    }

    /// <summary>The settings it was opened with.</summary>
    public StediSettings Settings { get; }

    /// <summary>Where local state lives.</summary>
    public StackFolder Folder { get; }

    /// <summary>Where its embedded parts listen.</summary>
    public StackEndpoints Endpoints { get; }

    /// <summary>The lake.</summary>
    public LakeOptions Lake { get; }

    /// <summary>AWS as the pipeline uses it.</summary>
    public AwsClients Worker { get; }

    /// <summary>AWS as a person who queries the lake does.</summary>
    public AwsClients Reader { get; }

    /// <summary>Where logs go.</summary>
    public ILoggerFactory Logs => logs;

    /// <summary>Where the lake's files are, in words for a person.</summary>
    public string LakePlace => Endpoints.Aws is null ? $"s3://{Lake.Bucket}/" : StackFolder.Display(Path.Combine(Folder.Lake, Lake.Bucket));

    /// <summary>The connection to Temporal, made at the first call.</summary>
    /// <exception cref="CommandException">The server cannot be reached.</exception>
    public Task<TemporalClient> ConnectAsync() => temporal.Value;

    /// <summary>Opens the whole stack of a session.</summary>
    /// <exception cref="CommandException">An embedded part cannot be brought up.</exception>
    public static Task<LakehouseStack> OpenAsync(Session session, StediSettings settings, CancellationToken cancellationToken) =>
        OpenAsync(session, settings, needsTemporal: settings.Temporal.IsEmbedded, cancellationToken);

    /// <summary>Opens the lake alone, which is quicker: for commands that have no business with Temporal.</summary>
    /// <exception cref="CommandException">An embedded part cannot be brought up.</exception>
    public static Task<LakehouseStack> OpenLakeAsync(Session session, StediSettings settings, CancellationToken cancellationToken) =>
        OpenAsync(session, settings, needsTemporal: false, cancellationToken);

    static async Task<LakehouseStack> OpenAsync(Session session, StediSettings settings, bool needsTemporal, CancellationToken cancellationToken)
    {
        PrivateFolder.Ensure(session.Folder);
        var logs = LogFile.Open(session.Folder);
        try
        {
            if (!needsTemporal && !settings.Aws.IsEmbedded)
            {
                return new(settings, session.Folder, logs, new(null, null, null, null, false), null);
            }

#if DEVSTACK
            var embedded = await EmbeddedStack.OpenAsync(session, settings, needsTemporal, logs, cancellationToken);
            return new(settings, session.Folder, logs, embedded.Endpoints, embedded);
#else
            cancellationToken.ThrowIfCancellationRequested();
            await Task.CompletedTask;
            throw new CommandException(
                "This build has no embedded parts.",
                "Set TEMPORAL_ADDRESS to a Temporal server and STEDI_BUCKET to the lake's bucket.");
#endif
        }
        catch
        {
            logs.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Worker.Dispose();
        Reader.Dispose();
        if (embedded is not null)
        {
            await embedded.DisposeAsync();
        }

        logs.Dispose();
    }
}
