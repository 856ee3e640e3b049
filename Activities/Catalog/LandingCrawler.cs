using Amazon.Glue;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// Runs one Glue crawler per source. A crawler names a table after its folder, which is <c>landing</c> for all sources, so
/// each crawler has its own table prefix.
/// </summary>
public sealed class LandingCrawler(IAmazonGlue glue, LakeCatalog catalog, LakeOptions options, TimeProvider time)
{
    /// <summary>The type of the failure of a crawl that did not succeed.</summary>
    public const string Failed = "CrawlFailed";

    private readonly AwsResiliencePipeline _calls = new("Glue", time);

    /// <summary>Returns the name of a source's crawler.</summary>
    public static string NameOf(string source) => $"stedi-{source}";

    /// <summary>Crawls a location and returns the table that the crawler created or updated.</summary>
    /// <param name="source">The source that landed there.</param>
    /// <param name="location">An <c>s3://</c> URI ending in a slash.</param>
    /// <param name="cancellationToken">Stops waiting. The crawler keeps running, because a crawl is short and harmless.</param>
    /// <returns>The table, or null if the crawler found no JSON document. Staging says what is wrong with the lines then.</returns>
    public async Task<Table?> CrawlAsync(SourceContract source, string location, CancellationToken cancellationToken)
    {
        var name = NameOf(source.Name);
        await DropTableOfOtherLocationAsync(source, location, cancellationToken);
        await UpdateTargetAsync(name, source, location, cancellationToken);
        await StartAsync(name, cancellationToken);
        var crawl = (await WaitAsync(name, cancellationToken)).LastCrawl;
        if (crawl?.Status is { } status && status != LastCrawlStatus.SUCCEEDED)
        {
            throw new ApplicationFailureException($"The crawler {name} ended as {status}; its log stream is {crawl.LogGroup}/{crawl.LogStream}.", Failed);
        }

        if (await catalog.FindAsync(options.Database, source.LandingTable, cancellationToken) is not { } table)
        {
            return null;
        }

        return SameLocation(table, location)
            ? table
            // A crawl for another run's location came in between. A retry crawls again.
            : throw new ApplicationFailureException($"The crawler {name} left {source.LandingTable} at another location, because another run is crawling too.", "CrawlOvertaken");
    }

    // If a table of that name has another location, a crawler adds a hash to the name of its own.
    private async Task DropTableOfOtherLocationAsync(SourceContract source, string location, CancellationToken cancellationToken)
    {
        if (await catalog.FindAsync(options.Database, source.LandingTable, cancellationToken) is { } table && !SameLocation(table, location))
        {
            await catalog.DropAsync(options.Database, source.LandingTable, cancellationToken);
        }
    }

    private async Task UpdateTargetAsync(string name, SourceContract source, string location, CancellationToken cancellationToken)
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
                await WaitAsync(name, cancellationToken);
            }
            catch (AlreadyExistsException)
            {
                // Another run has created the crawler: check its target.
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
            Description = $"Crawls the landing files of {source.Name}",
            SchemaChangePolicy = new() { UpdateBehavior = UpdateBehavior.UPDATE_IN_DATABASE, DeleteBehavior = DeleteBehavior.DEPRECATE_IN_DATABASE },
        };
        return _calls.ExecuteAsync("glue:CreateCrawler", token => glue.CreateCrawlerAsync(request, token), cancellationToken);
    }

    private async Task StartAsync(string name, CancellationToken cancellationToken)
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
                // That crawl may have begun before this run's files landed: wait for its end, then crawl again.
                await WaitAsync(name, cancellationToken);
            }
        }
    }

    private async Task<Crawler> WaitAsync(string name, CancellationToken cancellationToken)
    {
        var ready = await Polling.UntilAsync(
            token => FindAsync(name, token), crawler => crawler?.State == CrawlerState.READY, options.Polling, time, cancellationToken);
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
