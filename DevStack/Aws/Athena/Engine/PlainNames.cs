using System.Buffers;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Files whose names DuckDB would take for patterns. Its readers expand <c>*</c>, <c>?</c> and <c>[</c> in file names; escaping
/// fails for names that hold a backslash too, and <c>?</c> hides the extension <c>.gz</c>. The query reads such a file through a
/// symbolic link with a plain name instead.
/// </summary>
internal static class PlainNames
{
    private static readonly SearchValues<char> Pattern = SearchValues.Create("*?[");

    /// <summary>The same files; of those whose names hold pattern characters, links in a folder that goes with the query.</summary>
    public static IReadOnlyList<FileGroup> Link(IReadOnlyList<FileGroup> groups, string scratch) => [.. groups.Select(group => group with
    {
        // What another step copied to a plain name is read there.
        Files = [.. group.Files.Select(file => file.Key.AsSpan().ContainsAny(Pattern) && file.Path.EndsWith(file.Key, StringComparison.Ordinal)
            ? file with { Path = Link(file.Path, scratch) }
            : file)],
    })];

    private static string Link(string path, string scratch)
    {
        var extension = Path.GetExtension(path);
        var folder = Directory.CreateDirectory(Path.Combine(scratch, "linked")).FullName;
        var link = Path.Combine(folder, Guid.NewGuid().ToString("N") + (extension.AsSpan().ContainsAny(Pattern) ? "" : extension));
        File.CreateSymbolicLink(link, path);
        return link;
    }
}
