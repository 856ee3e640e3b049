using System.Diagnostics;

namespace Stedi.Testing;

/// <summary>How tests start the built <c>stedi</c>, without the environment variables that it reads.</summary>
public static class BuiltProgram
{
    private const string Env = "/usr/bin/env";

    /// <summary>The program's assembly, which the build copies to the tests' output folder.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "stedi.dll");

    /// <summary>How to start the program itself.</summary>
    public static ProcessStartInfo Start(string directory, params string[] arguments) => Command(directory, ["dotnet", Assembly, .. arguments]);

    /// <summary>How to start any command, with its three streams redirected and without the variables that the program reads.</summary>
    public static ProcessStartInfo Command(string directory, params string[] command)
    {
        if (OperatingSystem.IsLinux())
        {
            // A shell starts background jobs with SIGINT ignored, and children inherit that. Tests send SIGINT also when they run in such a job.
            command = [Env, "--default-signal=INT", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsReadByTheProgram).ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    private static bool IsReadByTheProgram(string variable) =>
        variable.StartsWith("TEMPORAL_", StringComparison.Ordinal) || variable.StartsWith("STEDI_", StringComparison.Ordinal) || variable.StartsWith("AWS_", StringComparison.Ordinal);
}
