namespace Stedi.Temporal.Tests.DevStack.Landing;

/// <summary>A folder of this test's own, gone with it.</summary>
sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stedi-landing-").FullName;

    public IEnumerable<string> Files(string source) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Path, source, "landing")).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
