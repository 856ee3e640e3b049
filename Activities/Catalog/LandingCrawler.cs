using Amazon.Glue;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// Runs a Glue crawler a source. Crawlers name a table after its folder, which is <c>landing</c> for all three, so each has a
/// table prefix of its own.
/// </summary>
public sealed class LandingCrawler(IAmazonGlue glue, LakeCatalog catalog, LakeOptions options, TimeProvider time)
{
    private static readonly PollingInterval Interval = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5), 1.25);
    private readonly AwsResiliencePipeline _calls = new("Glue", time);

    /// <summary>The name of a source's crawler.</summary>
    public static string NameOf(string source) => $"stedi-{source}";

    /// <summary>Crawls a location and returns the table that the crawler made of it.</summary>
    /// <param name="source">The source that landed there.</param>
    /// <param name="location">An <c>s3://</c> URI ending in a slash.</param>
    /// <param name="heartbeat">Called at every look, to show that somebody waits.</param>
    /// <param name="cancellationToken">Stops waiting, not the crawler: a crawl is short and harms nobody.</param>
    public async Task<Table> CrawlAsync(SourceContract source, string location, Action heartbeat, CancellationToken cancellationToken)
    {
        var name = NameOf(source.Name);
        await DropTableOfOtherLocationAsync(source, location, cancellationToken);
        await UpdateTargetAsync(name, source, location, heartbeat, cancellationToken);
        await StartAsync(name, heartbeat, cancellationToken);
        var crawl = (await WaitAsync(name, heartbeat, cancellationToken)).LastCrawl;
        if (crawl?.Status is { } status && status != LastCrawlStatus.SUCCEEDED)
        {
            throw new ApplicationFailureException($"The crawler {name} ended as {status}; its log stream is {crawl.LogGroup}/{crawl.LogStream}.", "CrawlFailed");
        }

        if (await catalog.FindAsync(options.Database, source.LandingTable, cancellationToken) is not { } table)
        {
            throw new ApplicationFailureException(
                $"The crawler {name} found nothing in {location} that it could make {source.LandingTable} of. Check that the files there are JSON, one document a line.",
                FailureTypes.BrokenContract,
                nonRetryable: true);
        }

        return SameLocation(table, location)
            ? table
            // A crawl for another run's location came in between: crawl again.
            : throw new ApplicationFailureException($"The crawler {name} left {source.LandingTable} at another location; another run is crawling too.", "CrawlOvertaken");
    }

    // A crawler that finds its table's name taken by another location would add a hash to the name.
    private async Task DropTableOfOtherLocationAsync(SourceContract source, string location, CancellationToken cancellationToken)
    {
        if (await catalog.FindAsync(options.Database, source.LandingTable, cancellationToken) is { } table && !SameLocation(table, location))
        {
            await catalog.DropAsync(options.Database, source.LandingTable, cancellationToken);
        }
    }

    private async Task UpdateTargetAsync(string name, SourceContract source, string location, Action heartbeat, CancellationToken cancellationToken)
    {
        var targets = new CrawlerTargets { S3Targets = [new() { Path = location }] };
        while (true)
        {
            try
            {
                if (await FindAsync(name, cancellationToken) is not { } crawler)
                {
                    await CreateAsync(name, source, targets, cancellationToken);
                }
                else if (crawler.Targets?.S3Targets is not [{ } target] || target.Path != location || crawler.DatabaseName != options.Database)
                {
                    var request = new UpdateCrawlerRequest { Name = name, DatabaseName = options.Database, Targets = targets };
                    await _calls.ExecuteAsync("glue:UpdateCrawler", token => glue.UpdateCrawlerAsync(request, token), cancellationToken);
                }

                return;
            }
            catch (CrawlerRunningException)
            {
                await WaitAsync(name, heartbeat, cancellationToken);
            }
            catch (AlreadyExistsException)
            {
                // Another run was quicker: look again.
            }
        }
    }

    private Task CreateAsync(string name, SourceContract source, CrawlerTargets targets, CancellationToken cancellationToken)
    {
        var request = new CreateCrawlerRequest
        {
            Name = name,
            Role = options.CrawlerRole,
            DatabaseName = options.Database,
            Targets = targets,
            TablePrefix = $"{source.Name}_",
            Description = $"Catalogues what landed of {source.Name}",
            SchemaChangePolicy = new() { UpdateBehavior = UpdateBehavior.UPDATE_IN_DATABASE, DeleteBehavior = DeleteBehavior.DEPRECATE_IN_DATABASE },
        };
        return _calls.ExecuteAsync("glue:CreateCrawler", token => glue.CreateCrawlerAsync(request, token), cancellationToken);
    }

    private async Task StartAsync(string name, Action heartbeat, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await _calls.ExecuteAsync("glue:StartCrawler", token => glue.StartCrawlerAsync(new() { Name = name }, token), cancellationToken);
                return;
            }
            catch (CrawlerRunningException)
            {
                // That crawl may have begun before our files landed: let it end, then crawl again.
                await WaitAsync(name, heartbeat, cancellationToken);
            }
        }
    }

    private async Task<Crawler> WaitAsync(string name, Action heartbeat, CancellationToken cancellationToken)
    {
        var ready = await Polling.UntilAsync(
            token => FindAsync(name, token), crawler => crawler?.State == CrawlerState.READY, Interval, heartbeat, time, cancellationToken);
        return ready!;
    }

    private async Task<Crawler?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await _calls.ExecuteAsync("glue:GetCrawler", token => glue.GetCrawlerAsync(new() { Name = name }, token), cancellationToken)).Crawler;
        }
        catch (EntityNotFoundException)
        {
            return null;
        }
    }

    private static bool SameLocation(Table table, string location) =>
        (table.StorageDescriptor?.Location ?? "").TrimEnd('/') == location.TrimEnd('/');
}
