using System.Diagnostics;
using System.Text;

namespace Stedi.Testing;

/// <summary>The built program as a process, in a folder. Dispose kills it if it is still running.</summary>
internal sealed class StediProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private StediProgram(Process process) => _process = process;

    /// <summary>The time since it was started.</summary>
    public Stopwatch Running { get; } = Stopwatch.StartNew();

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => Read(_output);

    public string Error => Read(_error);

    public static StediProgram Start(string directory, params string[] arguments)
    {
        var program = new StediProgram(new() { StartInfo = BuiltProgram.Start(directory, arguments) });
        program._process.OutputDataReceived += (_, line) => Keep(program._output, line.Data);
        program._process.ErrorDataReceived += (_, line) => Keep(program._error, line.Data);
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Waits until it has exited.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Types a line on standard input, and ends it.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        _process.StandardInput.Close();
    }

    /// <summary>Waits for a text on standard error.</summary>
    public async Task WaitForErrorOutputAsync(string words, CancellationToken cancellationToken)
    {
        while (!Error.Contains(words, StringComparison.Ordinal))
        {
            _process.HasExited.ShouldBeFalse($"It exited before it wrote \"{words}\":\n{Error}");
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Sends SIGKILL and waits for the end.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Sends a signal by name, such as <c>INT</c>.</summary>
    public async Task SignalAsync(string name, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static void Keep(StringBuilder kept, string? line)
    {
        lock (kept)
        {
            kept.AppendLine(line);
        }
    }

    private static string Read(StringBuilder kept)
    {
        lock (kept)
        {
            return kept.ToString();
        }
    }
}
