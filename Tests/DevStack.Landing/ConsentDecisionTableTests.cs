using Stedi.Testing;

namespace Stedi.DevStack.Landing.Tests;

public sealed class ConsentDecisionTableTests
{
    // Set this variable to rewrite the page; then review the difference.
    private const string RewriteVariable = "STEDI_REWRITE_DOCS";

    private const string Begin = "<!-- Generated from ConsentRules by ConsentDecisionTableTests with STEDI_REWRITE_DOCS=1: do not edit. -->\n\n";
    private const string End = "\n<!-- End of the generated tables. -->";

    [Fact]
    public async Task PrivacyPage_DecisionTable_IsThatOfTheReferenceFunction()
    {
        var file = Path.Combine(Repository.Root, "docs", "privacy.md");
        var page = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var start = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(Begin.Length, "The page has lost the line that begins the table.");
        end.ShouldBeGreaterThan(start, "The page has lost the line that ends the table.");

        if (Environment.GetEnvironmentVariable(RewriteVariable) is not null)
        {
            await File.WriteAllTextAsync(file, page[..start] + ConsentDecisionTable.Markdown() + page[end..], TestContext.Current.CancellationToken);
            return;
        }

        page[start..end].ShouldBe(ConsentDecisionTable.Markdown(), $"docs/privacy.md is not generated from the rules: set {RewriteVariable}=1 and run this test.");
    }
}
