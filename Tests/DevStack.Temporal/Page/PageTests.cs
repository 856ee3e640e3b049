using Stedi.DevStack.Temporal.Http;
using Stedi.Testing;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Worker;
using static Microsoft.Playwright.Assertions;

namespace Stedi.DevStack.Temporal.Tests.Page;

/// <summary>The server's own page, driven in a browser.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const string Queue = "page";
    private readonly CancellationTokenSource _stop = new();
    private TemporalServer _server = null!;
    private TemporalClient _client = null!;
    private TemporalWorker? _worker;
    private Task _working = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _server = await TemporalServer.StartAsync(new()
        {
            UiPort = 0,
            PageGraphs = [new("Things", _ => Task.FromResult(new PageGraphContent("All things", [new("pie", "food", ["flour"], [new("crust", ["flour.gluten"], "baked")])])))],
        });
        _client = await TemporalClient.ConnectAsync(new(_server.Target));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        _worker?.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public async Task RunPage_OfFailingRun_ShowsStepsAndFailuresAndCancels(int width)
    {
        StartWorker();
        await StartAsync("fruit/stall & more");
        await using var window = await browser.OpenAsync(_server.UiAddress!, width);
        await window.Page.GotoAsync("/");

        await window.Link("fruit/stall & more").ClickAsync();

        await Expect(window.Page.Locator("#timeline")).ToContainTextAsync("Weigh apples");
        await Expect(window.Page.Locator("#timeline [aria-label=done]")).ToHaveCountAsync(1);
        var pending = window.Page.Locator(".pending");
        await Expect(pending).ToContainTextAsync("Sell");
        await Expect(pending).ToContainTextAsync($"Till: {StuckWorkflow.Problem}");
        await Expect(pending).ToContainTextAsync("Attempt");
        await Expect(window.Page.Locator("img")).ToHaveCountAsync(0);
        await window.ShouldBeSoundAsync();

        await window.Button("Cancel").ClickAsync();
        await window.Button("Back").ClickAsync();
        await Expect(window.Page.Locator("h1 + .badge")).ToHaveTextAsync("Running");
        await window.Button("Cancel").ClickAsync();
        await window.Button("Cancel it").ClickAsync();

        await Expect(window.Page.Locator("h1 + .badge")).ToHaveTextAsync("Canceled");
        await Expect(window.Button("Cancel")).ToHaveCountAsync(0);
        await window.ShouldBeSoundAsync();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public async Task RunPage_WhenTerminated_TakesReasonAndIsListedByStatus(int width)
    {
        var run = await StartAsync("doomed");
        await StartAsync("spared");
        await using var window = await browser.OpenAsync(_server.UiAddress!, width);
        await window.Page.GotoAsync($"/#/run/doomed/{run}");

        await window.Button("Terminate").ClickAsync();
        await window.Page.GetByLabel("Reason").FillAsync("out of <apples>");
        await window.Page.Keyboard.PressAsync("Enter");

        await Expect(window.Page.Locator("h1 + .badge")).ToHaveTextAsync("Terminated");
        await Expect(window.Page.GetByText("Terminated: out of <apples>")).ToBeVisibleAsync();
        await window.Page.GotoAsync("/");
        await window.Button("Terminated 1").ClickAsync();
        await Expect(window.Link("doomed")).ToBeVisibleAsync();
        await Expect(window.Link("spared")).ToHaveCountAsync(0);
        await window.Page.GetByRole(Microsoft.Playwright.AriaRole.Searchbox).FillAsync("nothing like it");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.GetByText("No workflow matches.")).ToBeVisibleAsync();
        await window.ShouldBeSoundAsync();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public async Task StartDialog_WithKeyboardOnly_StartsWorkflow(int width)
    {
        await using var window = await browser.OpenAsync(_server.UiAddress!, width);
        await window.Page.GotoAsync("/");
        await Expect(window.Page.GetByText("No workflow has run here yet.")).ToBeVisibleAsync();

        await window.Button("Start a workflow").FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        foreach (var answer in (string[])["typed in", "StuckWorkflow", Queue, "\"größer\""])
        {
            await window.Page.Keyboard.PressAsync("ControlOrMeta+A");
            await window.Page.Keyboard.TypeAsync(answer);
            await window.Page.Keyboard.PressAsync("Tab");
        }

        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.PressAsync("Enter");

        await Expect(window.Heading("typed in")).ToBeVisibleAsync();
        await Expect(window.Page.Locator("pre").First).ToHaveTextAsync("\"größer\"");
        await Expect(window.Page.GetByText("No step has started.")).ToBeVisibleAsync();
        await window.ShouldBeSoundAsync();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public async Task SchedulesPage_WithSchedule_TriggersAndPauses(int width)
    {
        await _client.CreateScheduleAsync("nightly", new(
            ScheduleActionStartWorkflow.Create((StuckWorkflow workflow) => workflow.RunAsync("pears"), new("night", Queue)),
            new() { Intervals = [new(TimeSpan.FromDays(1.5))] }));
        await using var window = await browser.OpenAsync(_server.UiAddress!, width);
        await window.Page.GotoAsync("/#/schedules");
        await Expect(window.Page.GetByText("every 1 d 12 h")).ToBeVisibleAsync();

        await window.Button("Trigger nightly now").ClickAsync();
        await Expect(window.Page.Locator("a[href^='#/run/night-']")).ToHaveCountAsync(1);
        await window.Button("Pause nightly").ClickAsync();
        await Expect(window.Page.GetByText("Paused", new() { Exact = true })).ToBeVisibleAsync();
        await window.ShouldBeSoundAsync();

        await window.Page.Locator("a[href^='#/run/night-']").ClickAsync();
        await Expect(window.Page.Locator("h1")).ToContainTextAsync("night-");
        await window.ShouldBeSoundAsync();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public async Task GraphPage_WithNodes_ShowsSourcesOfSelectedNode(int width)
    {
        await using var window = await browser.OpenAsync(_server.UiAddress!, width);
        await window.Page.GotoAsync("/");

        await window.Link("Things").ClickAsync();
        await window.Page.Locator(".node", new() { HasText = "pie" }).ClickAsync();

        var details = window.Page.GetByRole(Microsoft.Playwright.AriaRole.Region, new() { Name = "pie" });
        await Expect(details).ToContainTextAsync("Made from flour.");
        await Expect(details.Locator("tbody")).ToHaveTextAsync("crustflour.glutenbaked");
        await Expect(window.Page.Locator(".node.lit")).ToHaveCountAsync(2);
        await window.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Page_WhenServerFails_ShowsErrorAndKeepsContent()
    {
        await StartAsync("kept");
        await using var window = await browser.OpenAsync(_server.UiAddress!, 1280);
        await window.Page.GotoAsync("/#/run/no-such/run");
        await Expect(window.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("not found");
        await window.Page.GotoAsync("/#/");
        await Expect(window.Link("kept")).ToBeVisibleAsync();

        await _server.DisposeAsync();

        await Expect(window.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("The server does not respond");
        await Expect(window.Link("kept")).ToBeVisibleAsync();
    }

    private void StartWorker()
    {
        _worker = new(_client, new TemporalWorkerOptions(Queue).AddWorkflow<StuckWorkflow>().AddAllActivities(typeof(StuckWorkflow), null));
        _working = _worker.ExecuteAsync(_stop.Token);
    }

    private async Task<string> StartAsync(string id) =>
        (await _client.StartWorkflowAsync((StuckWorkflow workflow) => workflow.RunAsync("apples"), new(id, Queue))).ResultRunId!;
}
