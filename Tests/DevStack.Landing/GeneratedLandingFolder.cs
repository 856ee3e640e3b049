using System.Security.Cryptography;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>A temporary folder for a generated data set.</summary>
internal sealed class GeneratedLandingFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stedi-landing-").FullName;

    public IEnumerable<string> Files(string source) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Path, source, "landing")).Order(StringComparer.Ordinal);

    /// <summary>The relative path and the SHA-256 of every file.</summary>
    public string Digest() => string.Join(' ',
        Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => $"{System.IO.Path.GetRelativePath(Path, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
