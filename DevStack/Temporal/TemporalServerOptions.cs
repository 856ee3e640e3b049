using Microsoft.Extensions.Logging;
using Stedi.DevStack.Temporal.Http;

namespace Stedi.DevStack.Temporal;

/// <summary>Options of a <see cref="TemporalServer"/>.</summary>
public sealed record TemporalServerOptions
{
    /// <summary>The gRPC port on 127.0.0.1; 0 chooses a free port.</summary>
    public int Port { get; init; }

    /// <summary>The default namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Other namespaces to register at the start.</summary>
    public IReadOnlyList<string> AdditionalNamespaces { get; init; } = [];

    /// <summary>The SQLite file that holds all state; <c>null</c> keeps it in memory.</summary>
    public string? StateFile { get; init; }

    /// <summary>The port of the HTTP API and the web page on 127.0.0.1; 0 chooses a free port, <c>null</c> serves neither.</summary>
    public int? UiPort { get; init; }

    /// <summary>A folder with a build of the Temporal Web UI to serve instead of the server's own page, or <c>null</c>.</summary>
    public string? UiAssetPath { get; init; }

    /// <summary>Graphs that the server's own page shows in addition to workflows and schedules.</summary>
    public IReadOnlyList<PageGraph> PageGraphs { get; init; } = [];

    /// <summary>Whether the server serves TestService and skips time while workflows only wait for timers.</summary>
    public bool TimeSkipping { get; init; }

    /// <summary>Search attributes to register at the start, by name.</summary>
    public IReadOnlyDictionary<string, IndexedValueType> SearchAttributes { get; init; } =
        new Dictionary<string, IndexedValueType>();

    /// <summary>Dynamic configuration by the official server's keys; unknown keys are ignored.</summary>
    public IReadOnlyDictionary<string, string> DynamicConfig { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the server logs; <c>null</c> disables logging.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>The clock on which the server's own is based. The server's clock runs ahead of it when time is skipped.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
