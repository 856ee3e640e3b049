using System.Diagnostics;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Transcripts;

/// <summary>A temporary folder in which the built <c>stedi</c> is run from a shell.</summary>
public sealed class Shell : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    public Shell() => Directory.CreateDirectory(Work);

    /// <summary>The working directory of the shell.</summary>
    public string Work => Path.Combine(_folder.Path, "work");

    /// <summary>Writes a file into the working directory.</summary>
    public void Write(string path, string content) => _folder.Write("work/" + path, content);

    /// <summary>Runs a command line and waits for its end.</summary>
    internal async Task<CommandRun> TypeAsync(string line)
    {
        using var process = Start("/bin/sh", "-c", $"stedi() {{ dotnet '{BuiltProgram.Assembly}' \"$@\"; }}; {line}");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Deadline);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Starts the program in the background.</summary>
    public Process StartStedi(params string[] arguments) => Start(["dotnet", BuiltProgram.Assembly, .. arguments]);

    /// <summary>Sends SIGINT.</summary>
    public static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose() => _folder.Dispose();

    private Process Start(params string[] command) => Process.Start(BuiltProgram.Command(Work, command))!;
}
