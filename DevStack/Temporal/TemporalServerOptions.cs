using Microsoft.Extensions.Logging;
using Stedi.DevStack.Temporal.Http;

namespace Stedi.DevStack.Temporal;

/// <summary>What a <see cref="TemporalServer"/> is told at its start.</summary>
public sealed record TemporalServerOptions
{
    /// <summary>The gRPC port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The namespace that exists from the start.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Other namespaces that exist from the start.</summary>
    public IReadOnlyList<string> AdditionalNamespaces { get; init; } = [];

    /// <summary>The SQLite file that holds all state; <c>null</c> keeps it in memory.</summary>
    public string? StateFile { get; init; }

    /// <summary>The port of the HTTP API and the web page on 127.0.0.1; 0 takes any free one, <c>null</c> serves neither.</summary>
    public int? UiPort { get; init; }

    /// <summary>A folder with a build of the Temporal Web UI to serve in place of the server's own page.</summary>
    public string? UiAssetPath { get; init; }

    /// <summary>What the server's own page shows beside workflows and schedules.</summary>
    public IReadOnlyList<PageGraph> PageGraphs { get; init; } = [];

    /// <summary>Whether time is skipped while workflows only wait for it, as TestService clients allow.</summary>
    public bool TimeSkipping { get; init; }

    /// <summary>Search attributes registered from the start, by name.</summary>
    public IReadOnlyDictionary<string, IndexedValueType> SearchAttributes { get; init; } =
        new Dictionary<string, IndexedValueType>();

    /// <summary>Dynamic configuration as the official server names it; keys this server does not have are ignored.</summary>
    public IReadOnlyDictionary<string, string> DynamicConfig { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the server logs; <c>null</c> is silent.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>The clock under the server's own, which may run ahead of it when time is skipped.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
