using System.Diagnostics;

namespace Stedi.Temporal.Tests.Worker.Transcripts;

/// <summary>A folder in which <c>stedi</c>, as it is built, can be typed into a shell.</summary>
public sealed class Shell : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    public Shell() => Directory.CreateDirectory(Work);

    /// <summary>The program.</summary>
    public static string Built { get; } = Path.Combine(AppContext.BaseDirectory, "stedi.dll");

    /// <summary>Where lines are typed.</summary>
    public string Work => Path.Combine(_folder.Path, "work");

    /// <summary>Writes a file of the folder that lines are typed in.</summary>
    public void Write(string path, string content) => _folder.Write("work/" + path, content);

    /// <summary>Types a line and waits for its end.</summary>
    internal async Task<CommandRun> TypeAsync(string line)
    {
        using var process = Start("/bin/sh", "-c", $"stedi() {{ dotnet '{Built}' \"$@\"; }}; {line}");
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
    public Process StartStedi(params string[] arguments) => Start("dotnet", [Built, .. arguments]);

    /// <summary>Presses Ctrl-C.</summary>
    public static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose() => _folder.Dispose();

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Work, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("TEMPORAL_", StringComparison.Ordinal) || name.StartsWith("STEDI_", StringComparison.Ordinal) || name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start)!;
    }
}
