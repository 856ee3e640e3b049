using Microsoft.Playwright;

namespace Stedi.Temporal.Tests.DevStack.Temporal.Page;

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
            // Root has no sandbox to run it in, and nothing but the page may be asked for.
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
