using System.Security.Cryptography;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>A folder of this test's own, gone with it.</summary>
internal sealed class LandingFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stedi-landing-").FullName;

    public IEnumerable<string> Files(string source) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Path, source, "landing")).Order(StringComparer.Ordinal);

    /// <summary>Every file with a digest of what is in it.</summary>
    public string Digest() => string.Join(' ',
        Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => $"{System.IO.Path.GetRelativePath(Path, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
