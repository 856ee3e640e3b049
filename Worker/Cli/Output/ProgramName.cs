using Stedi.Temporal.Worker.Configuration;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>How the user started this program, for commands in messages.</summary>
public static class ProgramName
{
    private const string Project = "Worker/Stedi.Temporal.Worker.csproj";

    /// <summary>The program name of this process.</summary>
    public static string Current { get; } = Of(
        Environment.ProcessPath ?? "stedi", AppContext.BaseDirectory, File.Exists(Project), Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>The program name of a process.</summary>
    /// <param name="process">The executable's path.</param>
    /// <param name="folder">The folder of this program's assemblies.</param>
    /// <param name="inRepository">Whether the current directory is the repository's root.</param>
    /// <param name="searchPath">The PATH variable.</param>
    public static string Of(string process, string folder, bool inRepository, string searchPath)
    {
        var built = folder.Replace('\\', '/');
        if (inRepository && (built.Contains("/bin/Debug/", StringComparison.Ordinal) || built.Contains("/bin/Release/", StringComparison.Ordinal)))
        {
            return "dotnet run --project Worker --";
        }

        if (Path.GetFileNameWithoutExtension(process) == "dotnet")
        {
            return $"dotnet {StackFolder.Display(Path.Combine(folder, "stedi.dll"))}";
        }

        var home = Path.TrimEndingDirectorySeparator(Path.GetDirectoryName(process) ?? "");
        return searchPath.Split(Path.PathSeparator).Any(entry => Path.TrimEndingDirectorySeparator(entry) == home) ? "stedi" : StackFolder.Display(process);
    }

    /// <summary>The program name followed by arguments.</summary>
    public static string With(string program, string arguments) =>
        arguments.Length > 0 ? $"{program} {arguments}" : program.EndsWith(" --", StringComparison.Ordinal) ? program[..^3] : program;
}
