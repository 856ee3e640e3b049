using System.Reflection;
using System.Text.RegularExpressions;
using Stedi.Temporal.Workflows;
using Stedi.Testing;

namespace Stedi.Architecture.Tests;

/// <summary>The documentation points at files that exist and names every failure type.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    [Fact]
    public void AwsPage_ForEveryFailureType_HasARow()
    {
        var rows = File.ReadAllLines(Path.Combine(Docs, "aws.md"));
        var types = typeof(FailureTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();

        types.Count.ShouldBeGreaterThan(5);
        types.ShouldAllBe(type => rows.Any(row => row.StartsWith($"| `{type}` |", StringComparison.Ordinal)));
    }

    [Fact]
    public void LinksAndPaths_OnEveryPage_LeadToFiles()
    {
        var dead = Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories)
            .SelectMany(page => Linked(page).Where(file => !Path.Exists(file)).Select(file => $"{Path.GetFileName(page)}: {file}"));

        dead.ShouldBeEmpty();
    }

    private static IEnumerable<string> Linked(string page)
    {
        var text = File.ReadAllText(page);
        return Link().Matches(text).Select(match => Path.Combine(Path.GetDirectoryName(page)!, match.Groups[1].Value))
            .Concat(RepositoryPath().Matches(text).Select(match => Path.Combine(Repository.Root, match.Groups[1].Value)));
    }

    [GeneratedRegex(@"\]\((?!http|#)([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex("`((?:Workflows|Activities|Worker|DevStack|Tests|deploy)/[A-Za-z0-9/._-]+)`")]
    private static partial Regex RepositoryPath();
}
