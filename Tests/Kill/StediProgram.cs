using System.Diagnostics;
using System.Text;
using Stedi.Temporal.Tests.Worker;

namespace Stedi.Temporal.Tests.Kill;

/// <summary>The built program as a process of its own, in a folder; killed at the latest when disposed.</summary>
sealed class StediProgram : IAsyncDisposable
{
    const string Env = "/usr/bin/env";

    static readonly string assembly = Path.Combine(
        Repository.Root, "Worker", "bin", Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!), "net10.0", "stedi.dll");

    readonly Process process;
    readonly StringBuilder output = new();
    readonly StringBuilder error = new();

    StediProgram(Process process) => this.process = process;

    /// <summary>Since when it runs.</summary>
    public Stopwatch Running { get; } = Stopwatch.StartNew();

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string Output => Read(output);

    public string Error => Read(error);

    public static StediProgram Start(string directory, params string[] arguments)
    {
        // Shells start background jobs with SIGINT ignored, and .NET keeps it so: tests in such a job still send it.
        string[] command = ["dotnet", assembly, .. arguments];
        if (File.Exists(Env))
        {
            command = [Env, "--default-signal=INT", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("TEMPORAL_") || name.StartsWith("STEDI_") || name.StartsWith("AWS_")).ToList())
        {
            start.Environment.Remove(name);
        }

        var program = new StediProgram(new() { StartInfo = start });
        program.process.OutputDataReceived += (_, line) => Keep(program.output, line.Data);
        program.process.ErrorDataReceived += (_, line) => Keep(program.error, line.Data);
        program.process.Start();
        program.process.BeginOutputReadLine();
        program.process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    /// <summary>Waits until it says something on standard error.</summary>
    public async Task SaysAsync(string words, CancellationToken cancellationToken)
    {
        while (!Error.Contains(words, StringComparison.Ordinal))
        {
            process.HasExited.ShouldBeFalse($"It ended before it said \"{words}\":\n{Error}");
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>SIGKILL: it gets no chance to do anything.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Sends a signal by name, such as <c>INT</c>.</summary>
    public async Task SignalAsync(string name, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    static void Keep(StringBuilder kept, string? line)
    {
        lock (kept)
        {
            kept.AppendLine(line);
        }
    }

    static string Read(StringBuilder kept)
    {
        lock (kept)
        {
            return kept.ToString();
        }
    }
}
