namespace Stedi.Temporal.Worker.Settings;

/// <summary>The Temporal server.</summary>
public sealed record TemporalSettings
{
    /// <summary>Host and port of a server, or null for the embedded one.</summary>
    public string? Address { get; init; }

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The embedded server's port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; } = 7233;

    /// <summary>Whether the SDK's own environment configuration says how to connect, <see cref="Address"/> or not.</summary>
    public bool FromEnvironment { get; init; }

    /// <summary>Whether this program brings the server itself.</summary>
    public bool IsEmbedded => Address is null && !FromEnvironment;
}
