using Stedi.DevStack.Temporal;
using Temporalio.Client;

[assembly: AssemblyFixture(typeof(Stedi.Conformance.Tests.ConformanceServer))]

namespace Stedi.Conformance.Tests;

/// <summary>The server under test: ours in this process, or the one at TEMPORAL_CONFORMANCE_ADDRESS.</summary>
public sealed class ConformanceServer : IAsyncLifetime
{
    private TemporalServer? _server;

    public ITemporalClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var address = Environment.GetEnvironmentVariable("TEMPORAL_CONFORMANCE_ADDRESS");
        if (string.IsNullOrEmpty(address))
        {
            _server = await TemporalServer.StartAsync(new());
            address = _server.Target;
        }

        Client = await TemporalClient.ConnectAsync(new(address));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
