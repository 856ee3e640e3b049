using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Stedi.Temporal.Tests.DevStack.Aws;

/// <summary>The built program's stack in a process of its own, to be killed.</summary>
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
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "stedi.dll"), "up", "--json"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(k => k.StartsWith("TEMPORAL_", StringComparison.Ordinal) || k.StartsWith("STEDI_", StringComparison.Ordinal) || k.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        var process = Process.Start(start)!;
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
