using System.Text.RegularExpressions;
using Stedi.Testing;

namespace Stedi.Architecture.Tests;

/// <summary>A page of the documentation.</summary>
internal sealed partial class MarkdownPage
{
    private MarkdownPage(string file)
    {
        Path = file;
        Text = File.ReadAllText(file);
        Prose = Fence().Replace(Text, "");
    }

    /// <summary>Every page of the repository.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(((string[])["docs", "Tests"]).SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Where(file => !BuildOutput().IsMatch(file))
            .Select(file => new MarkdownPage(file)),
    ];

    public string Path { get; }

    public string Name => System.IO.Path.GetRelativePath(Repository.Root, Path);

    public string Text { get; }

    /// <summary>The text without its fenced blocks.</summary>
    public string Prose { get; }

    /// <summary>Links to files of the repository: the file's full path and the anchor, which may be empty.</summary>
    public IEnumerable<(string File, string Anchor)> Links =>
        Link().Matches(Prose).Select(link => (link.Groups["file"].Value.Length == 0 ? Path : Resolve(link.Groups["file"].Value), link.Groups["anchor"].Value));

    /// <summary>The anchors that GitHub gives to the page's headings.</summary>
    public IEnumerable<string> Anchors =>
        Heading().Matches(Prose).Select(heading => NotInAnchors().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Paths in the text that begin with a folder of the repository.</summary>
    public IEnumerable<string> RepositoryPaths =>
        RepositoryPath().Matches(Prose).Select(match => System.IO.Path.Combine(Repository.Root, match.Groups[1].Value));

    /// <summary>Lines of fenced blocks without a language, those that end in a backslash joined with the next.</summary>
    public IEnumerable<string> ShellLines =>
        Fence().Matches(Text).Where(fence => fence.Groups["language"].Length == 0)
            .SelectMany(fence => fence.Groups["lines"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')).Select(line => line.Trim());

    /// <summary>Code within the lines of the text.</summary>
    public IEnumerable<string> CodeSpans => CodeSpan().Matches(Prose).Select(match => match.Groups[1].Value);

    /// <summary>Code within cells of tables that begin with a command line.</summary>
    public IEnumerable<string> TableCommands =>
        Prose.Split('\n').Where(line => line.StartsWith('|'))
            .SelectMany(line => line.Split('|')).Where(cell => CommandCell().IsMatch(cell))
            .SelectMany(cell => CodeSpan().Matches(cell)).Select(match => match.Groups[1].Value);

    public override string ToString() => Name;

    private string Resolve(string link) => System.IO.Path.GetFullPath(link, System.IO.Path.GetDirectoryName(Path)!);

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?!\w+:)(?<file>[^)#\s]*)(?:#(?<anchor>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex("`((?:Workflows|Activities|Worker|Aws|DevStack|Tests|deploy|docs)/[A-Za-z0-9/._-]+)`")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("^ *`(?:stedi|dotnet) ")]
    private static partial Regex CommandCell();

    [GeneratedRegex(@"[\\/](?:bin|obj)[\\/]")]
    private static partial Regex BuildOutput();
}
