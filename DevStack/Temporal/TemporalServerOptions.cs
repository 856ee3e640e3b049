using Microsoft.Extensions.Logging;

namespace Stedi.DevStack.Temporal;

/// <summary>What a <see cref="TemporalServer"/> is told at its start.</summary>
public sealed record TemporalServerOptions
{
    /// <summary>The gRPC port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The namespace that exists from the start.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The SQLite file that holds all state; <c>null</c> keeps it in memory.</summary>
    public string? StateFile { get; init; }

    /// <summary>Where the server logs; <c>null</c> is silent.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>The clock under the server's own, which may run ahead of it when time is skipped.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
