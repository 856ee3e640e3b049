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

        files.Count.ShouldBeGreaterThanOrEqualTo(10);
        foreach (var file in files)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
            var sql = reader.ReadToEnd();
            LiteralTable().Matches(sql).Select(match => match.Groups[1].Value)
                .ShouldBeSubsetOf(CommonTable().Matches(sql + File("Audit/people.sql")).Select(match => match.Groups[1].Value), $"{file} reads a table that is not an input");
        }
    }

    private static string File(string name) => SqlTemplate.Render(name, new Dictionary<string, string> { ["customer_staged"] = "\"s\"", ["as_of"] = "1" });

    [GeneratedRegex(@"\b(?:FROM|JOIN) ([a-z_]+)\b")]
    private static partial Regex LiteralTable();

    [GeneratedRegex(@"\b([a-z_]+) AS \(")]
    private static partial Regex CommonTable();
}
