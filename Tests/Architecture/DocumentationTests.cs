using System.Reflection;
using System.Text.RegularExpressions;
using Stedi.Temporal.Workflows;
using Stedi.Testing;

namespace Stedi.Architecture.Tests;

/// <summary>The pages of the documentation link to each other and to files that exist.</summary>
public sealed partial class DocumentationTests
{
    private const int MostReadmeLines = 150;

    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    [Fact]
    public void Links_OfEveryPage_LeadToFilesAndHeadings()
    {
        var anchors = MarkdownPage.All.ToDictionary(page => page.Path, page => page.Anchors.ToHashSet());

        var broken = from page in MarkdownPage.All
                     from link in page.Links
                     where !Path.Exists(link.File) || (link.Anchor.Length > 0 && !(anchors.TryGetValue(link.File, out var known) && known.Contains(link.Anchor)))
                     select $"{page}: {Path.GetRelativePath(Repository.Root, link.File)}#{link.Anchor}";

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void RepositoryPaths_InEveryPage_Exist()
    {
        var missing = MarkdownPage.All.SelectMany(page => page.RepositoryPaths.Where(path => !Path.Exists(path)).Select(path => $"{page}: {path}"));

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Pages_AllOfThem_CanBeReachedFromTheReadme()
    {
        var reached = new HashSet<string> { Readme.Path };
        var open = new Queue<MarkdownPage>([Readme]);
        while (open.TryDequeue(out var page))
        {
            foreach (var linked in MarkdownPage.All.Where(other => page.Links.Any(link => link.File == other.Path) && reached.Add(other.Path)))
            {
                open.Enqueue(linked);
            }
        }

        MarkdownPage.All.Count.ShouldBeGreaterThan(20);
        MarkdownPage.All.Where(page => !reached.Contains(page.Path)).ShouldBeEmpty();
    }

    [Fact]
    public void TestNames_OnEveryPage_AreThoseOfTests()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(Path.GetFileNameWithoutExtension, File.ReadAllText);
        var named = MarkdownPage.All.SelectMany(page => TestName().Matches(page.Text).Select(match => (Page: page, Class: match.Groups["class"].Value, Method: match.Groups["method"].Value))).ToList();

        named.Count.ShouldBeGreaterThan(20);
        named.Where(test => !sources[test.Class].Any(source => source.Contains($" {test.Method}(", StringComparison.Ordinal)))
            .Select(test => $"{test.Page}: {test.Class}.{test.Method}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("docs")]
    [InlineData("docs/adr")]
    public void Index_OfAFolder_LinksEveryPageInIt(string folder)
    {
        var index = MarkdownPage.All.Single(page => page.Name == $"{folder}/README.md");
        var linked = index.Links.Select(link => link.File).ToHashSet();

        MarkdownPage.All.Where(page => Path.GetDirectoryName(page.Path) == Path.GetDirectoryName(index.Path) && page != index && !linked.Contains(page.Path)).ShouldBeEmpty();
    }

    [Fact]
    public void AdrIndex_ForEveryRecord_HasItsNumberAndTitle()
    {
        var index = MarkdownPage.All.Single(page => page.Name == "docs/adr/README.md").Text;
        var records = MarkdownPage.All.Where(page => AdrFile().IsMatch(page.Name)).OrderBy(page => page.Name).ToList();

        records.Count.ShouldBeGreaterThan(12);
        foreach (var (record, number) in records.Select((record, i) => (record, i + 1)))
        {
            var heading = record.Text.Split('\n')[0];
            heading.ShouldStartWith($"# {number}. ", customMessage: record.Name);
            index.ShouldContain($"| [{number}]({Path.GetFileName(record.Path)}) | {heading[$"# {number}. ".Length..]} |");
        }
    }

    [Fact]
    public void Readme_AsTheFirstPage_IsShort() => Readme.Text.Split('\n').Length.ShouldBeLessThan(MostReadmeLines);

    [Fact]
    public void Readme_ReportOfTheMainJob_HasTheWordsOfTheTranscript()
    {
        var transcript = File.ReadAllText(Path.Combine(Repository.Root, "Tests", "EndToEnd", "Transcripts", "job.txt"));
        var report = Readme.ShellLines.SkipWhile(line => !line.StartsWith("Published snapshot", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("dotnet", StringComparison.Ordinal));

        var cells = report.SelectMany(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(cell => cell != "..." && !cell.Any(char.IsDigit)).ToList();

        cells.Count.ShouldBeGreaterThan(30);
        cells.ShouldAllBe(cell => transcript.Contains(cell, StringComparison.Ordinal));
    }

    [Fact]
    public void FailureTypes_AllOfThem_HaveARowThatSaysWhatToDo()
    {
        var rows = File.ReadAllLines(Path.Combine(Docs, "aws.md"));
        var types = typeof(FailureTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();

        types.Count.ShouldBeGreaterThan(5);
        types.ShouldAllBe(type => rows.Any(row => row.StartsWith($"| `{type}` |", StringComparison.Ordinal)));
    }

    private static MarkdownPage Readme => MarkdownPage.All.Single(page => page.Name == "README.md");

    [GeneratedRegex(@"^docs[\\/]adr[\\/]\d{4}-")]
    private static partial Regex AdrFile();

    [GeneratedRegex("`(?<class>[A-Za-z]+Tests)\\.(?<method>[A-Za-z]+_[A-Za-z_]+)`")]
    private static partial Regex TestName();
}
