using System.Diagnostics;
using System.Text.Json.Nodes;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>Runs the built program's stack in a separate process that can be killed.</summary>
public sealed class StackProcess : IDisposable
{
    private readonly Process _process;

    private StackProcess(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public static async Task<StackProcess> StartAsync(string directory)
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "temporal-dev.yaml"), "temporal:\n  port: 0\naws:\n  port: 0\n");
        var process = Process.Start(BuiltProgram.Start(directory, "up", "--json"))!;
        _ = process.StandardError.ReadToEndAsync();
        var text = "";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            text += line + "\n";
            if (line == "}")
            {
                return new StackProcess(process, new Uri((string)JsonNode.Parse(text)!["aws"]!));
            }
        }
        throw new InvalidOperationException("The stack did not come up: " + text);
    }

    /// <summary>SIGKILL: no handler runs.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
