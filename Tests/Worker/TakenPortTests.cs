using System.Net;
using System.Net.Sockets;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Testing;

namespace Stedi.Temporal.Worker.Tests;

public sealed class TakenPortTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);

    public TakenPortTests() => _other.Start();

    [Fact]
    public async Task Tables_WhenAwsPortIsTaken_NamesPortAndKey()
    {
        _folder.Write("temporal-dev.yaml", $"aws: {{ port: {Port} }}\n");

        var run = await CommandRun.InAsync(_folder.Path, "tables");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldBe($"""
            error: Port {Port} of 127.0.0.1 is taken by another program.
              Choose another aws.port in temporal-dev.yaml (0 takes any free one), or end that program.

            """);
    }

    [Fact]
    public async Task Show_WhenTemporalPortIsTaken_SuggestsTemporalAddress()
    {
        _folder.Write("temporal-dev.yaml", $"temporal: {{ port: {Port} }}\naws: {{ port: 0 }}\n");

        var run = await CommandRun.InAsync(_folder.Path, "show");

        run.Error.ShouldContain($"TEMPORAL_ADDRESS=127.0.0.1:{Port}");
    }

    [Fact]
    public async Task Show_WhenConfiguredUiPortIsTaken_Fails()
    {
        _folder.Write("temporal-dev.yaml", $"temporal: {{ port: 0, uiPort: {Port} }}\naws: {{ port: 0 }}\n");

        var run = await CommandRun.InAsync(_folder.Path, "show");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"Port {Port} of 127.0.0.1 is taken by another program.");
        run.Error.ShouldContain("Choose another temporal.uiPort");
    }

    [Fact]
    public async Task Open_WhenDefaultUiPortIsTaken_ServesPageOnAnotherPort()
    {
        using var second = new TempFolder();

        await using var one = await OpenAsync(_folder);
        await using var other = await OpenAsync(second);

        one.Endpoints.Ui.ShouldNotBe(other.Endpoints.Ui);
        using var http = new HttpClient();
        foreach (var stack in (LakehouseStack[])[one, other])
        {
            (await http.GetStringAsync(stack.Endpoints.Ui.ShouldNotBeNull())).ShouldContain("<title>");
        }
    }

    public void Dispose()
    {
        _other.Dispose();
        _folder.Dispose();
    }

    private int Port => ((IPEndPoint)_other.LocalEndpoint).Port;

    private static Task<LakehouseStack> OpenAsync(TempFolder folder)
    {
        folder.Write("temporal-dev.yaml", "temporal: { port: 0 }\naws: { port: 0 }\n");
        return TestCommandContext.OpenStackAsync(folder.Path);
    }
}
