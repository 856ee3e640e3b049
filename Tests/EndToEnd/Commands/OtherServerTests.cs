using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Stedi.DevStack.Temporal;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Stedi.Testing;
using Temporalio.Client;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>The built program with a Temporal server that the environment names.</summary>
public sealed class OtherServerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Runs_WithTemporalAlone_ListsTheLakesRunsWhateverTheirIdsAndWritesNothing()
    {
        await using var server = await TemporalServer.StartAsync(new());
        var client = await TemporalClient.ConnectAsync(new(server.Target));
        await client.StartWorkflowAsync(nameof(LakehouseWorkflow), [], new("from the UI", "stedi-ours"));
        await client.StartWorkflowAsync(nameof(LakehouseWorkflow), [], new("stedi-lakehouse", "stedi-theirs"));
        await client.StartWorkflowAsync("Another", [], new("stedi-lakehouse-2", "stedi-ours"));

        var run = await RunAsync(server.Target, ("STEDI_BUCKET", "ours"));

        run.ExitCode.ShouldBe(0, run.Error);
        JsonDocument.Parse(run.Output).RootElement.EnumerateArray().ShouldHaveSingleItem().GetProperty("workflowId").GetString().ShouldBe("from the UI");
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Commands_WhenAnotherLakeUsesTheWorkflowId_LeaveItsRunAlone()
    {
        await using var server = await TemporalServer.StartAsync(new());
        var client = await TemporalClient.ConnectAsync(new(server.Target));
        var theirs = await client.StartWorkflowAsync(nameof(LakehouseWorkflow), [], new("stedi-lakehouse", "stedi-theirs"));
        var finder = new RunFinder(client, new() { Aws = new() { Bucket = "ours" }, Temporal = new() { Address = server.Target } });
        var runs = new LakehouseRuns(client, "stedi-lakehouse", "stedi-ours");

        (await Should.ThrowAsync<CommandException>(() => runs.JoinOrStartAsync(new(), TestContext.Current.CancellationToken))).Message
            .ShouldBe("Another lake runs stedi-lakehouse in this namespace, on task queue stedi-theirs.");
        (await finder.ListOpenAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await Should.ThrowAsync<CommandException>(() => finder.FindAsync(null, TestContext.Current.CancellationToken))).Message.ShouldContain("There is no run");
        (await Should.ThrowAsync<CommandException>(() => finder.FindAsync(theirs.ResultRunId, TestContext.Current.CancellationToken))).Message.ShouldContain("There is no run");
    }

    [Fact]
    public async Task Runs_WithTlsOfAServerWithout_SaysSo()
    {
        await using var server = await TemporalServer.StartAsync(new());

        var run = await RunAsync(server.Target, ("TEMPORAL_API_KEY", "key"));

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"The Temporal server at {server.Target} does not speak TLS, which TEMPORAL_TLS or an API key turns on.");
        run.Error.ShouldNotContain("tonic");
    }

    [Theory]
    [InlineData(null, "closed the connection at once. It may expect TLS.")]
    [InlineData("true", "is not valid here: ")]
    public async Task Runs_OfAServerWithTls_SaysWhatIsWrong(string? tls, string message)
    {
        await using var server = new TlsServer();

        var run = await RunAsync(server.Target, ("TEMPORAL_TLS", tls));

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(message);
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandRun> RunAsync(string address, (string Name, string? Value) variable)
    {
        var start = BuiltProgram.Start(_folder.Path, "runs", "--json");
        start.Environment["TEMPORAL_ADDRESS"] = address;
        if (variable.Value is not null)
        {
            start.Environment[variable.Name] = variable.Value;
        }

        return CommandRun.OfProcessAsync(start);
    }

    // A server whose certificate nobody trusts.
    private sealed class TlsServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly X509Certificate2 _certificate = SelfSigned();
        private readonly CancellationTokenSource _ending = new();
        private readonly Task _serving;

        public TlsServer()
        {
            _listener.Start();
            _serving = ServeAsync();
        }

        public string Target => _listener.LocalEndpoint.ToString()!;

        public async ValueTask DisposeAsync()
        {
            await _ending.CancelAsync();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _listener.Dispose();
            _certificate.Dispose();
            _ending.Dispose();
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync(_ending.Token);
                try
                {
                    await using var encrypted = new SslStream(connection.GetStream());
                    await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = [SslApplicationProtocol.Http2] }, _ending.Token);
                }
                catch (Exception e) when (e is IOException or AuthenticationException)
                {
                    // The client speaks no TLS, or does not trust the certificate.
                }
            }
        }

        private static X509Certificate2 SelfSigned()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var now = DateTimeOffset.UtcNow;
            return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        }
    }
}
