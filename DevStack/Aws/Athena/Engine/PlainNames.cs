using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Replaces file names that DuckDB's readers would take for patterns by symbolic links with plain names. Escaping
/// <c>*</c>, <c>?</c> and <c>[</c> is no alternative: it fails for names that have a backslash too.
/// </summary>
internal static class PlainNames
{
    /// <summary>Replaces files whose names have pattern characters by links in a folder that is deleted with the query.</summary>
    public static IReadOnlyList<FileGroup> Link(IReadOnlyList<FileGroup> groups, string tempDirectory) => [.. groups.Select(group => group with
    {
        // A file that another step copied to a plain name needs no link.
        Files = [.. group.Files.Select(file => file.Key.AsSpan().ContainsAny(Lake.PatternCharacters) && file.Path.EndsWith(file.Key, StringComparison.Ordinal)
            ? file with { Path = Link(file.Path, tempDirectory) }
            : file)],
    })];

    private static string Link(string path, string tempDirectory)
    {
        var extension = Path.GetExtension(path);
        var folder = Directory.CreateDirectory(Path.Combine(tempDirectory, "linked")).FullName;
        var link = Path.Combine(folder, Guid.NewGuid().ToString("N") + (extension.AsSpan().ContainsAny(Lake.PatternCharacters) ? "" : extension));
        File.CreateSymbolicLink(link, path);
        return link;
    }
}
