using System.Text.RegularExpressions;
using Stedi.Temporal.Activities.Athena;

namespace Stedi.Temporal.Activities.Tests;

public sealed partial class SqlTemplateTests
{
    [Fact]
    public void Render_WithoutValueForPlaceholder_ThrowsWithItsName() =>
        Should.Throw<ArgumentException>(() => SqlTemplate.Render("Curation/customers_curated.sql", new Dictionary<string, string>()))
            .Message.ShouldContain("Curation/customers_curated.sql reads ${customer_trusted}");

    [Fact]
    public void EmbeddedFiles_ReadInputsOnlyThroughPlaceholders()
    {
        var assembly = typeof(SqlTemplate).Assembly;
        var files = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).ToList();

        // Other files include these.
        string[] included = [".people.sql", ".devices.sql", ".subjects.sql", ".refusing.sql"];
        var fragments = string.Concat(files.Where(name => included.Any(end => name.EndsWith(end, StringComparison.Ordinal))).Select(Text));

        files.Count.ShouldBeGreaterThanOrEqualTo(10);
        foreach (var sql in files.Select(Text))
        {
            LiteralTable().Matches(sql).Select(match => match.Groups[1].Value)
                .ShouldBeSubsetOf(CommonTable().Matches(sql + fragments).Select(match => match.Groups[1].Value), $"{sql} reads a table that is not an input");
        }

        string Text(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }

    [GeneratedRegex(@"\b(?:FROM|JOIN) ([a-z_]+)\b")]
    private static partial Regex LiteralTable();

    [GeneratedRegex(@"\b([a-z_]+) AS \(")]
    private static partial Regex CommonTable();
}
