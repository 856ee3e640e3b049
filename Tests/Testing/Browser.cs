using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Stedi.Testing;

/// <summary>Debian's Chromium, started once for a class of tests; they are skipped where it is not installed.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable))
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            // The sandbox does not work for root. The other options prevent requests for anything but the page.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A window of the given width.</summary>
    public async Task<BrowserWindow> OpenAsync(Uri address, int width)
    {
        Assert.SkipUnless(_chromium is not null, $"{Executable} is not installed.");
        var context = await _chromium.NewContextAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = width, Height = 900 } });
        return new(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>One browser window, with the errors and warnings of its console.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _consoleErrors = [];

    public BrowserWindow(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _consoleErrors.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => _consoleErrors.Enqueue(error);
    }

    public IPage Page { get; }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    /// <summary>Asserts what every page must fulfil: no errors or warnings in the console, and no horizontal overflow.</summary>
    public async Task ShouldBeSoundAsync()
    {
        _consoleErrors.ShouldBeEmpty();
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}

/// <summary>The widths for which pages are tested: a phone's and a desktop's.</summary>
public static class Widths
{
    public static TheoryData<int> All { get; } = [390, 1280];
}
