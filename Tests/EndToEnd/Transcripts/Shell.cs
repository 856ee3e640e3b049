using System.Diagnostics;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Transcripts;

/// <summary>A folder in which <c>stedi</c>, as it is built, can be typed into a shell.</summary>
public sealed class Shell : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    public Shell() => Directory.CreateDirectory(Work);

    /// <summary>Where lines are typed.</summary>
    public string Work => Path.Combine(_folder.Path, "work");

    /// <summary>Writes a file of the folder that lines are typed in.</summary>
    public void Write(string path, string content) => _folder.Write("work/" + path, content);

    /// <summary>Types a line and waits for its end.</summary>
    internal async Task<CommandRun> TypeAsync(string line)
    {
        using var process = Start("/bin/sh", "-c", $"stedi() {{ dotnet '{BuiltProgram.Assembly}' \"$@\"; }}; {line}");
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        giveUp.CancelAfter(Deadline);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(giveUp.Token), process.StandardError.ReadToEndAsync(giveUp.Token));
        try
        {
            await process.WaitForExitAsync(giveUp.Token);
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

    /// <summary>Starts the program to go on beside the test.</summary>
    public Process StartStedi(params string[] arguments) => Start(["dotnet", BuiltProgram.Assembly, .. arguments]);

    /// <summary>Presses Ctrl-C.</summary>
    public static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose() => _folder.Dispose();

    private Process Start(params string[] command) => Process.Start(BuiltProgram.Command(Work, command))!;
}
