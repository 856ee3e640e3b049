namespace Stedi.Temporal.Worker.Settings;

/// <summary>The Temporal server.</summary>
public sealed record TemporalSettings
{
    /// <summary>The port that the web page has unless another is named; if it is taken, the page goes to a free one.</summary>
    public const int DefaultUiPort = 8233;

    /// <summary>Host and port of a server, or null for the embedded one.</summary>
    public string? Address { get; init; }

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The embedded server's port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; } = 7233;

    /// <summary>The port on 127.0.0.1 of the embedded server's web page; 0 takes any free one.</summary>
    public int UiPort { get; init; } = DefaultUiPort;

    /// <summary>Whether the SDK's own environment configuration says how to connect, <see cref="Address"/> or not.</summary>
    public bool FromEnvironment { get; init; }

    /// <summary>Whether this program brings the server itself.</summary>
    public bool IsEmbedded => Address is null && !FromEnvironment;
}
