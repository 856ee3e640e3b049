namespace Stedi.Temporal.Worker.Output;

/// <summary>What a person types to start this program again, as they did.</summary>
public static class ProgramName
{
    const string Project = "Worker/Stedi.Temporal.Worker.csproj";

    /// <summary>The words before a command: "stedi", or "dotnet run --project Worker --" where it was built by that.</summary>
    public static string Current { get; } = Of(Environment.ProcessPath, AppContext.BaseDirectory, File.Exists(Project));

    /// <summary>The words for a process and where its files are.</summary>
    /// <param name="process">The executable.</param>
    /// <param name="folder">The folder of this program's assemblies.</param>
    /// <param name="inRepository">Whether the current directory is the repository's root.</param>
    public static string Of(string? process, string folder, bool inRepository)
    {
        var built = folder.Replace('\\', '/');
        if (inRepository && (built.Contains("/bin/Debug/", StringComparison.Ordinal) || built.Contains("/bin/Release/", StringComparison.Ordinal)))
        {
            return "dotnet run --project Worker --";
        }

        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? $"dotnet {StackFolder.Display(Path.Combine(folder, "stedi.dll"))}" : "stedi";
    }
}
