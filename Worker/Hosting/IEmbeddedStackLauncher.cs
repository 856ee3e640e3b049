using Microsoft.Extensions.Logging;
using Stedi.Temporal.Worker.Configuration;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>Starts the embedded servers, or attaches to the process that runs them. Absent from builds without Local.</summary>
public interface IEmbeddedStackLauncher
{
    /// <summary>Opens what the settings name as embedded.</summary>
    /// <exception cref="CommandException">A server cannot be started, or the running stack lacks one.</exception>
    public Task<IEmbeddedServers> OpenAsync(
        StackFolder folder, StediSettings settings, bool needsTemporal, ILoggerFactory logs, TimeProvider time, CancellationToken cancellationToken);

    /// <summary>Whether a process runs the folder's stack with a Temporal server at this address, as host:port.</summary>
    public bool HasTemporalAt(StackFolder folder, string address);
}

/// <summary>Embedded servers in use; disposing it stops those that this process started.</summary>
public interface IEmbeddedServers : IAsyncDisposable
{
    /// <summary>Where they listen.</summary>
    public StackEndpoints Endpoints { get; }
}

/// <summary>What a stack is opened with.</summary>
public interface IStackContext
{
    /// <summary>Where local state lives.</summary>
    public StackFolder Folder { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Starts the embedded servers; null in a build without them.</summary>
    public IEmbeddedStackLauncher? EmbeddedStack { get; }
}
