using Stedi.Temporal.Workflows.Contracts;
using Stedi.Testing;
using static Microsoft.Playwright.Assertions;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>The lineage page of a folder's stack.</summary>
public sealed class LineagePageTests(PublishedLake lake, Browser browser) : IClassFixture<PublishedLake>, IClassFixture<Browser>
{
    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public async Task LineagePage_AfterARun_ShowsTablesAndTheirSources(int width)
    {
        await using var stack = await TestCommandContext.OpenStackAsync(lake.Path);
        await using var window = await browser.OpenAsync(stack.Endpoints.Ui.ShouldNotBeNull(), width);
        await window.Page.GotoAsync("/");

        await window.Link("Lineage").ClickAsync();

        foreach (var table in (string[])[.. LakeTables.All, "customer_landing", "customer/landing/"])
        {
            await Expect(Node(window, table)).ToHaveCountAsync(1);
        }

        await Node(window, LakeTables.MachineLearningCurated).ClickAsync();
        var pseudonym = window.Page.Locator("#details tr", new() { HasText = "pseudonym" });
        await Expect(pseudonym).ToContainTextAsync("customers_curated.email");
        await Expect(pseudonym).ToContainTextAsync("hmac_sha256");
        await window.ShouldBeSoundAsync();

        await window.Link("Workflows").ClickAsync();
        await window.Link("stedi-lakehouse").ClickAsync();
        await Expect(window.Page.Locator("#timeline")).ToContainTextAsync("Make machine_learning_curated");
        await window.ShouldBeSoundAsync();
    }

    private static Microsoft.Playwright.ILocator Node(BrowserWindow window, string name) =>
        window.Page.Locator(".node", new() { Has = window.Page.GetByText(name, new() { Exact = true }) });
}
