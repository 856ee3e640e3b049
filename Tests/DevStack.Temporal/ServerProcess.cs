using System.Diagnostics;
using Temporalio.Client;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>The server in a process of its own, which tests kill.</summary>
internal sealed class ServerProcess(string stateFile) : IDisposable
{
    private Process? _process;
    private string _port = "0";

    /// <summary>Starts the server and connects to the address that it prints. Restarts use the same port.</summary>
    public async Task<ITemporalClient> StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            SdkTestEnvironmentTests.Executable, ["server", "start-dev", "--port", _port, "--headless", "--db-filename", stateFile])
        {
            RedirectStandardOutput = true,
        })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var line = await _process.StandardOutput.ReadLineAsync(deadline.Token);
        var address = line.ShouldNotBeNull().Split(": ")[1];
        _port = address.Split(':')[1];
        return await TemporalClient.ConnectAsync(new(address));
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }
    }
}

/// <summary>Tests that start processes within the SDK's fixed time limit, so they do not run in parallel with others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessesCollection
{
    public const string Name = "Processes";
}
