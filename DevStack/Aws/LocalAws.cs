using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Stedi.DevStack.Aws.Configuration;
using Stedi.DevStack.Aws.Http;

namespace Stedi.DevStack.Aws;

/// <summary>
/// S3, Glue and Athena on one port of 127.0.0.1. Objects are plain files, the catalogue is in SQLite, queries run in DuckDB.
/// One process owns the lake and the state. Disposing interrupts running queries; the next start reports them as failed.
/// </summary>
public sealed class LocalAws : IAsyncDisposable
{
    private const long MaxBody = 5L << 30;

    private readonly WebApplication _application;
    private readonly LocalServices _services;

    private LocalAws(WebApplication application, LocalServices services, Uri endpoint)
    {
        _application = application;
        _services = services;
        Endpoint = endpoint;
    }

    /// <summary>Address of all services, such as <c>http://127.0.0.1:4566/</c>: the value for <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri Endpoint { get; }

    /// <exception cref="IOException">The port is taken, or the state cannot be used; the message says what to do.</exception>
    public static async Task<LocalAws> StartAsync(LocalAwsOptions options, CancellationToken cancellationToken = default)
    {
        var services = LocalServices.Open(options);
        WebApplication? application = null;
        try
        {
            application = Build(options, services.Router);
            await application.StartAsync(cancellationToken);
            var address = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
            services.Start();
            return new LocalAws(application, services, new Uri(address));
        }
        catch (Exception e)
        {
            if (application is not null)
            {
                await application.DisposeAsync();
            }

            await services.DisposeAsync();
            if (IsTakenPort(e))
            {
                throw new IOException($"Port {options.Port} of 127.0.0.1 is in use by another process. Stop that process, or choose another port for the local AWS endpoint.", e);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Queries are stopped first, so that no request waits for one while the listener stops.
        await _services.StopAsync();
        using (var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(200)))
        {
            await _application.StopAsync(timeout.Token);
        }

        await _application.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static WebApplication Build(LocalAwsOptions options, RequestRouter router)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 64 << 10;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        // The default console lifetime would handle Ctrl-C, which is up to the embedding program.
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());
        builder.Services.AddSingleton(options.LoggerFactory ?? NullLoggerFactory.Instance);
        var application = builder.Build();
        application.Run(router.HandleAsync);
        return application;
    }

    private static bool IsTakenPort(Exception e) =>
        e is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } || (e.InnerException is { } inner && IsTakenPort(inner));

    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
