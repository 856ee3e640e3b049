using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Tests.Catalog;

public sealed class CrawlTests(LocalLakes lakes)
{
    private const string Step = """{"sensorReadingTime":1,"serialNumber":"d1","distanceFromObject":10}""" + "\n";

    [Fact]
    public async Task Crawl_WithLandedFiles_CataloguesAndCountsThem()
    {
        var lake = await lakes.NewAsync();
        await lake.PutAsync("step_trainer/landing/1.json", Step);
        await lake.PutAsync("step_trainer/landing/2.json", """{"sensorReadingTime":1,"serialNumber":"d1","distanceFromObject":"near","battery":5}""" + "\n");
        await lake.PutAsync("step_trainer/landing/_temporary/3.json", Step);

        var crawled = await CrawlAsync(lake, lake.Run);

        crawled.ShouldSatisfyAllConditions(
            () => crawled.Source.ShouldBe("step_trainer"),
            () => crawled.Table.ShouldBe("step_trainer_landing"),
            () => crawled.Location.ShouldBe($"s3://{lake.Options.Bucket}/step_trainer/landing/"),
            () => crawled.Files.ShouldBe(2),
            () => crawled.Notes.ShouldContain("battery is not in the contract and is left out"),
            () => crawled.Notes.ShouldContain(note => note.StartsWith("distancefromobject landed as", StringComparison.Ordinal)));
        (await lake.Catalog.FindAsync(lake.Options.Database, "step_trainer_landing", CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Crawl_WithAnotherSourcePrefix_MovesTheTable()
    {
        var lake = await lakes.NewAsync();
        await lake.PutAsync("step_trainer/landing/1.json", Step);
        await lake.PutAsync("uploads/step_trainer/landing/1.json", Step);
        await CrawlAsync(lake, lake.Run);

        var moved = await CrawlAsync(lake, lake.Run with { SourcePrefix = "uploads/" });

        moved.Location.ShouldBe($"s3://{lake.Options.Bucket}/uploads/step_trainer/landing/");
        var table = await lake.Catalog.FindAsync(lake.Options.Database, "step_trainer_landing", CancellationToken.None);
        table.ShouldNotBeNull().StorageDescriptor.Location.TrimEnd('/').ShouldBe(moved.Location.TrimEnd('/'));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("step_trainer/landing/empty.json", "")]
    [InlineData("step_trainer/landing/_temporary/1.json", Step)]
    [InlineData("step_trainer/landing/.hidden", Step)]
    public async Task Crawl_WhenNothingLanded_FailsForGood(string? key, string text)
    {
        var lake = await lakes.NewAsync();
        if (key is not null)
        {
            await lake.PutAsync(key, text);
        }

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => CrawlAsync(lake, lake.Run));

        failure.ErrorType.ShouldBe(FailureTypes.BrokenContract);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain("Nothing has landed");
    }

    [Fact]
    public async Task Crawl_WhenRequiredColumnsAreMissing_NamesThem()
    {
        var lake = await lakes.NewAsync();
        await lake.PutAsync("step_trainer/landing/1.json", """{"serialNumber":"d1"}""" + "\n");

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => CrawlAsync(lake, lake.Run));

        failure.ErrorType.ShouldBe(FailureTypes.BrokenContract);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain("sensorreadingtime, distancefromobject");
    }

    [Fact]
    public async Task Crawl_WithoutAnyJsonDocument_LeavesTheVerdictToStaging()
    {
        var lake = await lakes.NewAsync();
        await lake.PutAsync("step_trainer/landing/1.json", "{'sensorReadingTime': 1}\n");
        await lake.PutAsync("step_trainer/landing/_skipped.json", Step);

        var crawled = await CrawlAsync(lake, lake.Run);

        crawled.Files.ShouldBe(1);
        crawled.Notes.ShouldBe(["the crawler found no JSON document and made no table step_trainer_landing"]);
    }

    private static Task<CrawledSource> CrawlAsync(TestLake lake, RunContext run) =>
        lake.InActivityAsync((ICatalogActivities catalog) => catalog.CrawlAsync(new(run, LandingSources.StepTrainer)));
}
