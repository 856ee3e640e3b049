using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Stedi.DevStack.Aws.Diagnostics;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Glue.Crawlers;

/// <summary>Runs crawls in the background. If the process ends during one, its crawler is READY again with its previous LastCrawl.</summary>
internal sealed class CrawlRuns(Crawl crawl, CrawlerStore store, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Run> _runs = new();

    private sealed record Run(CancellationTokenSource Cancellation)
    {
        public volatile string State = "RUNNING";

        public Task Work = Task.CompletedTask;
    }

    public string StateOf(string crawler) => _runs.TryGetValue(crawler, out var run) ? run.State : "READY";

    public bool TryStart(string crawler, CrawlPlan plan)
    {
        var run = new Run(new CancellationTokenSource());
        if (!_runs.TryAdd(crawler, run))
        {
            return false;
        }

        run.Work = Task.Run(() => ExecuteAsync(crawler, plan, run));
        return true;
    }

    /// <summary>Waits until a crawler is READY, but not longer than a limit.</summary>
    public Task WaitAsync(string crawler, TimeSpan limit) => _runs.TryGetValue(crawler, out var run) ? Task.WhenAny(run.Work, Task.Delay(limit)) : Task.CompletedTask;

    public void Stop(string crawler)
    {
        if (_runs.TryGetValue(crawler, out var run))
        {
            run.State = "STOPPING";
            run.Cancellation.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var crawler in _runs.Keys)
        {
            Stop(crawler);
        }

        await Task.WhenAll(_runs.Values.Select(r => r.Work));
    }

    private async Task ExecuteAsync(string crawler, CrawlPlan plan, Run run)
    {
        var started = time.GetUtcNow();
        var (status, error) = await OutcomeAsync(crawler, plan, run.Cancellation.Token);
        run.State = "STOPPING";
        var document = store.Get(crawler);
        document["CrawlElapsedTime"] = (long)(time.GetUtcNow() - started).TotalMilliseconds;
        document["LastCrawl"] = new JsonObject
        {
            ["Status"] = status,
            ["ErrorMessage"] = error,
            ["StartTime"] = EpochSeconds.From(started),
            ["LogGroup"] = "/aws-glue/crawlers",
            ["LogStream"] = crawler,
            ["MessagePrefix"] = Guid.NewGuid().ToString(),
        }.WithoutNulls();
        store.Save(crawler, document);
        _runs.TryRemove(crawler, out _);
        run.Cancellation.Dispose();
    }

    private async Task<(string Status, string? Error)> OutcomeAsync(string crawler, CrawlPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await crawl.RunAsync(plan, cancellationToken);
            return ("SUCCEEDED", null);
        }
        catch (OperationCanceledException)
        {
            return ("CANCELLED", null);
        }
        catch (AwsException e)
        {
            return ("FAILED", e.Message);
        }
        catch (Exception e)
        {
            // Nothing awaits a crawl, so its failure is only reported by LastCrawl.
            Log.CrawlFailed(logger, e, crawler);
            return ("FAILED", "Internal service error: " + e.Message);
        }
    }
}
