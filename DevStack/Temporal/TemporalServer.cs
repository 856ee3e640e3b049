using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Http;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal;

/// <summary>A Temporal-compatible server on 127.0.0.1 in this process. Disposing it cancels every open call.</summary>
public sealed class TemporalServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(200);
    private readonly WebApplication _host;
    private readonly ServerComposition _composition;

    private TemporalServer(WebApplication host, ServerComposition composition, string[] addresses)
    {
        _host = host;
        _composition = composition;
        Target = $"127.0.0.1:{new Uri(addresses[0]).Port}";
        UiAddress = addresses.Length > 1 ? new(addresses[1]) : null;
    }

    /// <summary>The gRPC address for clients: "127.0.0.1:port".</summary>
    public string Target { get; }

    /// <summary>The address of the HTTP API and the web page, or <c>null</c> if they are not served.</summary>
    public Uri? UiAddress { get; }

    /// <summary>Starts a server; it accepts requests when the task completes.</summary>
    /// <exception cref="TemporalServerException">The port is taken, or the state file cannot be used.</exception>
    public static async Task<TemporalServer> StartAsync(TemporalServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var composition = ServerComposition.Create(options);
        WebApplication? host = null;
        try
        {
            host = Build(options, composition);
            await composition.StartAsync(host.Services);
            await host.StartAsync(cancellationToken);
            return new(host, composition, [.. host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses]);
        }
        catch (Exception e)
        {
            await composition.DisposeAsync();
            if (host is not null)
            {
                await host.DisposeAsync();
            }

            if (e is IOException)
            {
                // Kestrel names the port only in the message.
                var port = options.UiPort is { } uiPort && e.Message.Contains($":{uiPort}:", StringComparison.Ordinal) ? uiPort : options.Port;
                throw new TemporalServerException($"Port {port} of 127.0.0.1 is taken by another program: stop it, or choose another port.", e) { TakenPort = port };
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _composition.Lifetime.StopAsync();
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _host.StopAsync(timeout.Token);
        await _composition.DisposeAsync();
        await _host.DisposeAsync();
    }

    private static WebApplication Build(TemporalServerOptions options, ServerComposition composition)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        if (options.LoggerFactory is not null)
        {
            builder.Services.AddSingleton(options.LoggerFactory);
        }

        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = null;
            grpc.MaxSendMessageSize = null;
        });
        composition.Register(builder.Services);
        var host = builder.Build();
        if (options.UiPort is not null)
        {
            // The gRPC port speaks HTTP/2 only and the UI port HTTP/1.1 only, so the protocol distinguishes them.
            var site = host.Services.GetRequiredService<UiSite>();
            host.Use((context, next) => HttpProtocol.IsHttp11(context.Request.Protocol) ? site.HandleAsync(context) : next(context));
        }

        host.UseRouting();
        host.MapGrpcService<WorkflowServiceEndpoint>();
        host.MapGrpcService<OperatorServiceEndpoint>();
        host.MapGrpcService<HealthEndpoint>();
        if (options.TimeSkipping)
        {
            host.MapGrpcService<TestServiceEndpoint>();
        }

        return host;
    }

    private static void Configure(KestrelServerOptions kestrel, TemporalServerOptions options)
    {
        // Workers keep hundreds of polls open on one connection, some silent for a minute.
        kestrel.Limits.Http2.MaxStreamsPerConnection = 10_000;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http2);
        if (options.UiPort is { } uiPort)
        {
            kestrel.Listen(IPAddress.Loopback, uiPort, listen => listen.Protocols = HttpProtocols.Http1);
        }
    }
}
