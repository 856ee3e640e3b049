using System.Net;
using System.Net.Sockets;

namespace Stedi.Temporal.Tests.Worker;

public sealed class TakenPortTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly TcpListener other = new(IPAddress.Loopback, 0);

    public TakenPortTests() => other.Start();

    int Port => ((IPEndPoint)other.LocalEndpoint).Port;

    [Fact]
    public async Task A_port_that_another_program_has_is_named_with_the_key_to_change()
    {
        folder.Write("temporal-dev.yaml", $"aws: {{ port: {Port} }}\n");

        var run = await CommandRun.InAsync(folder.Path, "tables");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldBe($"""
            error: Port {Port} of 127.0.0.1 is taken by another program.
              Choose another aws.port in temporal-dev.yaml (0 takes any free one), or end that program.

            """);
    }

    [Fact]
    public async Task A_temporal_server_on_the_port_may_be_what_is_wanted()
    {
        folder.Write("temporal-dev.yaml", $"temporal: {{ port: {Port} }}\naws: {{ port: 0 }}\n");

        var run = await CommandRun.InAsync(folder.Path, "show");

        run.Error.ShouldContain($"TEMPORAL_ADDRESS=127.0.0.1:{Port}");
    }

    public void Dispose()
    {
        other.Dispose();
        folder.Dispose();
    }
}
