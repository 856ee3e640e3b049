using System.Diagnostics;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Transcripts;

/// <summary>A temporary folder in which the built <c>stedi</c> is run from a shell.</summary>
public sealed class Shell : IDisposable
{
    private readonly TempFolder _folder = new();

    public Shell() => Directory.CreateDirectory(Work);

    /// <summary>The working directory of the shell.</summary>
    public string Work => Path.Combine(_folder.Path, "work");

    /// <summary>Writes a file into the working directory.</summary>
    public void Write(string path, string content) => _folder.Write("work/" + path, content);

    /// <summary>Runs a command line and waits for its end.</summary>
    internal Task<CommandRun> TypeAsync(string line) =>
        CommandRun.OfProcessAsync(BuiltProgram.Command(Work, "/bin/sh", "-c", $"stedi() {{ dotnet '{BuiltProgram.Assembly}' \"$@\"; }}; {line}"));

    /// <summary>Starts the program in the background.</summary>
    public Process StartStedi(params string[] arguments) => Process.Start(BuiltProgram.Start(Work, arguments))!;

    /// <summary>Sends SIGINT.</summary>
    public static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose() => _folder.Dispose();
}
