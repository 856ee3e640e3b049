using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Stedi.DevStack.Temporal;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Stedi.Temporal.Activities.Tests.Publishing;

[Trait("Speed", "Slow")]
public sealed class PublishingActivitiesTests(LocalLakes lakes)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task OpenRun_WithAUsableKey_NotesTheRun()
    {
        var lake = await lakes.NewAsync();

        await OpenAsync(lake, lake.Run);

        (await lake.KeysAsync("runs/")).ShouldBe([$"runs/{lake.Run.Id}.json"]);
    }

    [Theory]
    [InlineData("""{"key":""}""", "is empty")]
    [InlineData("""{"key":"short"}""", "has 5 bytes; it needs at least 16")]
    [InlineData("{\"key\":\"sixteen bytes ok\"}\n{\"key\":\"another sixteen b\"}\n", "holds 2 keys instead of one")]
    [InlineData("\n", "holds no key")]
    public async Task OpenRun_WithAnUnusableKey_FailsForGood(string key, string problem)
    {
        var lake = await lakes.NewAsync();
        await lake.PutKeyAsync(key);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => OpenAsync(lake, lake.Run));

        failure.ErrorType.ShouldBe(FailureTypes.MissingPseudonymKey);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain(problem);
    }

    [Fact]
    public async Task OpenRun_WithoutAKeyTable_FailsForGood()
    {
        var lake = await lakes.NewAsync();
        await lake.Catalog.DropAsync(lake.Options.PrivateDatabase, lake.Options.PseudonymKeyTable, CancellationToken.None);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => OpenAsync(lake, lake.Run));

        failure.ErrorType.ShouldBe(FailureTypes.MissingPseudonymKey);
        failure.Message.ShouldContain("There is no table");
    }

    [Fact]
    public async Task OpenRun_WithAnotherKeyThanThePublishedOne_FailsForGood()
    {
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, lake.Run);
        await lake.PutKeyAsync("""{"key":"another key of enough bytes"}""");

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => lake.InActivityAsync(
            (IPublishingActivities publishing) => publishing.OpenRunAsync(TestLake.NewRun(Noon)),
            new() { Info = ActivityEnvironment.DefaultInfo with { ActivityId = "second" } }));

        failure.ErrorType.ShouldBe(FailureTypes.MissingPseudonymKey);
        failure.Message.ShouldContain("is not the one that the published pseudonyms were made with");
    }

    [Fact]
    public async Task OpenRun_WhenAPublisherDiedBeforeItsTables_PublishesThem()
    {
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, lake.Run);
        await lake.Catalog.DropAsync(lake.Options.Database, LakeTables.CustomersCurated, CancellationToken.None);

        await OpenAsync(lake, TestLake.NewRun(Noon));

        (await RunsOfTablesAsync(lake)).ShouldBe([lake.Run.Id]);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    public async Task OpenRun_WhenTheSnapshotsCannotBeRead_FailsForGood(string text)
    {
        var lake = await lakes.NewAsync();
        await lake.PutAsync(SnapshotStore.Key, text);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => OpenAsync(lake, lake.Run));

        failure.ErrorType.ShouldBe(FailureTypes.BrokenContract);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain($"s3://{lake.Options.Bucket}/{SnapshotStore.Key} cannot be read");
    }

    [Fact]
    public async Task OpenRun_WhenALaterVersionPublished_FailsForGoodAndSaysWhatToDo()
    {
        var lake = await lakes.NewAsync();
        await lake.PutAsync(SnapshotStore.Key, """{"format":2,"snapshot":{}}""");

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => OpenAsync(lake, lake.Run));

        failure.ErrorType.ShouldBe(FailureTypes.BrokenContract);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldBe($"s3://{lake.Options.Bucket}/{SnapshotStore.Key} has format 2, and this version of the pipeline knows formats up to 1. Nothing was changed. Upgrade the workers.");
    }

    [Fact]
    public async Task OpenRun_WhenAnEarlierVersionPublished_ReadsIt()
    {
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, lake.Run);
        var written = (await lake.Objects.ReadAsync(SnapshotStore.Key, CancellationToken.None)).ShouldNotBeNull().Text;
        written.ShouldContain("\"format\":1");
        await lake.PutAsync(SnapshotStore.Key, written.Replace("\"format\":1,", "", StringComparison.Ordinal).Replace(",\"format\":1", "", StringComparison.Ordinal));

        await OpenAsync(lake, TestLake.NewRun(Noon));

        (await LogAsync(lake)).Current.RunId.ShouldBe(lake.Run.Id);
    }

    [Fact]
    public async Task CleanUp_WhenALaterVersionMarkedARun_RemovesNothing()
    {
        await using var temporal = await TemporalServer.StartAsync(new());
        var client = await TemporalClient.ConnectAsync(new(temporal.Target));
        var lake = await lakes.NewAsync();
        var later = TestLake.NewRun(Noon);
        await lake.PutAsync($"runs/{later.Id}.json", """{"format":1.5}""");
        await lake.PutAsync($"staged/customer_staged/run={later.Id}/1/data", "x");

        var failure = await Should.ThrowAsync<ApplicationFailureException>(
            () => lake.InActivityAsync((IPublishingActivities publishing) => publishing.CleanUpAsync(lake.Run), new() { TemporalClient = client }));

        failure.Message.ShouldContain($"runs/{later.Id}.json has format 1.5");
        (await lake.KeysAsync("staged/")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task RunMarkers_OfThisAndEarlierVersions_AreRead()
    {
        var lake = await lakes.NewAsync();
        var markers = new RunMarkers(lake.Objects, TimeProvider.System);
        var earlier = TestLake.NewRun(Noon);
        await markers.WriteAsync(lake.Run, CancellationToken.None);
        await lake.PutAsync($"runs/{earlier.Id}.json", JsonSerializer.Serialize(earlier, StediDataConverter.Json));

        (await lake.Objects.ReadAsync($"runs/{lake.Run.Id}.json", CancellationToken.None)).ShouldNotBeNull().Text.ShouldContain("\"format\":1");
        (await markers.ListAsync(CancellationToken.None)).ShouldBe([lake.Run, earlier], ignoreOrder: true);
    }

    [Fact]
    public async Task Publish_WithNothingPublished_MakesGenerationOneAndItsTables()
    {
        var lake = await lakes.NewAsync();

        var published = await PublishAsync(lake, lake.Run);

        published.ShouldBe(new(PublishOutcome.Published, 1, lake.Run.Id, lake.Run.AsOf, $"s3://{lake.Options.Bucket}/{SnapshotStore.Key}"));
        (await RunsOfTablesAsync(lake)).ShouldBe([lake.Run.Id]);
    }

    [Fact]
    public async Task Publish_WhenItsAnswerWasLost_PublishesOnce()
    {
        var (lake, s3) = await NewInterferingAsync();
        s3.AfterSwap = () => throw new AmazonS3Exception("lost", ErrorType.Sender, "PreconditionFailed", "r", HttpStatusCode.PreconditionFailed);

        var published = await PublishAsync(lake, lake.Run);

        published.ShouldSatisfyAllConditions(
            () => published.Outcome.ShouldBe(PublishOutcome.Published),
            () => published.Generation.ShouldBe(1));
        (await LogAsync(lake)).All.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Publish_WhenANewerRunPublishedMeanwhile_EndsSuperseded()
    {
        var (lake, s3) = await NewInterferingAsync();
        var newer = TestLake.NewRun(lake.Run.AsOf.AddMinutes(1));
        s3.BeforeSwap = () => PublishAsync(lake, newer);

        var published = await PublishAsync(lake, lake.Run);

        published.Outcome.ShouldBe(PublishOutcome.Superseded);
        published.RunId.ShouldBe(newer.Id);
        (await RunsOfTablesAsync(lake)).ShouldBe([newer.Id]);
        (await LogAsync(lake)).All.Select(snapshot => snapshot.RunId).ShouldBe([newer.Id]);
    }

    [Fact]
    public async Task Publish_WhenAnOlderRunPublishedMeanwhile_PublishesOnTopOfIt()
    {
        var (lake, s3) = await NewInterferingAsync();
        var older = TestLake.NewRun(lake.Run.AsOf.AddMinutes(-1));
        s3.BeforeSwap = () => PublishAsync(lake, older);

        var published = await PublishAsync(lake, lake.Run);

        published.Outcome.ShouldBe(PublishOutcome.Published);
        published.Generation.ShouldBe(2);
        (await RunsOfTablesAsync(lake)).ShouldBe([lake.Run.Id]);
        (await LogAsync(lake)).All.Select(snapshot => snapshot.RunId).ShouldBe([lake.Run.Id, older.Id]);
    }

    [Fact]
    public async Task Publish_UnderALooserPolicyThanThePublishedOne_NeedsToBeAllowed()
    {
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, lake.Run with { Policy = ConsentPolicy.AtReading });
        var loose = TestLake.NewRun(lake.Run.AsOf.AddMinutes(1));

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => PublishAsync(lake, loose));

        failure.ErrorType.ShouldBe(FailureTypes.LooserPolicy);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain("(AtReading); these (Given)");
        (await LogAsync(lake)).Current.RunId.ShouldBe(lake.Run.Id);
        (await PublishAsync(lake, loose, allowLooserPolicy: true)).Outcome.ShouldBe(PublishOutcome.Published);
    }

    [Fact]
    public async Task Publish_OfTablesThatWereNotAudited_FailsForGood()
    {
        var lake = await lakes.NewAsync();

        var failure = await Should.ThrowAsync<ApplicationFailureException>(
            () => PublishAsync(lake, ToPublish(lake, lake.Run) with { Audited = Audited(lake, TestLake.NewRun(Noon)) }));

        failure.ErrorType.ShouldBe(FailureTypes.TablesChanged);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldBe("The tables are not those whose consents were audited. Nothing was published. Start a new run.");
        (await new SnapshotStore(lake.Objects).ReadAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("more")]
    public async Task Publish_WhenATablesFilesAreNotThoseThatWereMade_FailsForGood(string text)
    {
        var lake = await lakes.NewAsync();
        var made = ToPublish(lake, lake.Run);
        await lake.PutAsync(lake.Objects.Key(made.Tables[0].Location) + "1", text);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => PublishAsync(lake, made with { Tables = [made.Tables[0] with { Bytes = 3, Files = 1 }, .. made.Tables.Skip(1)] }));

        failure.ErrorType.ShouldBe(FailureTypes.TablesChanged);
        failure.Message.ShouldBe($"{LakeTables.All[0]} has files of {text.Length} bytes instead of 3 in {made.Tables[0].Location}. Nothing was published. Start a new run.");
        (await new SnapshotStore(lake.Objects).ReadAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Restore_OfTablesThatWereNotAudited_FailsForGood()
    {
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, lake.Run);
        var rollback = TestLake.NewRun(lake.Run.AsOf.AddMinutes(1));

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => lake.InActivityAsync(
            (IPublishingActivities publishing) => publishing.RestoreAsync(new(rollback, 1, false, Audited(lake, rollback)))));

        failure.ErrorType.ShouldBe(FailureTypes.TablesChanged);
        (await LogAsync(lake)).Current.Generation.ShouldBe(1);
    }

    [Fact]
    public async Task OpenRun_InAnotherExecution_OpensTheRunOfThatExecution()
    {
        var lake = await lakes.NewAsync();
        var executing = Guid.NewGuid().ToString();

        var opened = await OpenAsync(lake, lake.Run, executing);

        opened.ShouldBe(lake.Run with { Id = executing, Lake = lake.Options.Identity });
        (await lake.KeysAsync("runs/")).ShouldBe([$"runs/{executing}.json"]);
    }

    [Fact]
    public async Task PickSnapshot_WithoutAGeneration_PicksThePreviousOne()
    {
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, lake.Run with { Policy = ConsentPolicy.AtReading, SourcePrefix = "uploads/" });
        await PublishAsync(lake, TestLake.NewRun(lake.Run.AsOf.AddMinutes(1)), allowLooserPolicy: true);
        var rollback = TestLake.NewRun(Noon);

        var picked = await PickAsync(lake, rollback, 0);

        picked.Generation.ShouldBe(1);
        picked.Policy.ShouldBe(ConsentPolicy.AtReading);
        picked.SourcePrefix.ShouldBe("uploads/");
        picked.WorkTables.Keys.ShouldBe(LakeTables.All, ignoreOrder: true);
        var table = await lake.Catalog.FindAsync(lake.Options.WorkDatabase, picked.WorkTables[LakeTables.CustomerTrusted], CancellationToken.None);
        table.ShouldNotBeNull().StorageDescriptor.Location.ShouldContain($"run={lake.Run.Id}/");
    }

    [Theory]
    [InlineData(0, "There is no earlier snapshot. Kept: 1.")]
    [InlineData(9, "Generation 9 is not kept. Kept: 1.")]
    public async Task PickSnapshot_OfAGenerationThatIsNotKept_NamesThoseThatAre(long generation, string message)
    {
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, lake.Run);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => PickAsync(lake, TestLake.NewRun(Noon), generation));

        failure.ErrorType.ShouldBe(FailureTypes.MissingResource);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldBe(message);
    }

    [Fact]
    public async Task PickSnapshot_WithNothingPublished_SaysSo()
    {
        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => PickAsync(lakes.Shared, TestLake.NewRun(Noon), 1));

        failure.Message.ShouldContain("nothing has been published yet");
    }

    [Fact]
    public async Task Restore_OfAKeptGeneration_PublishesItsTablesAsANewOne()
    {
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, lake.Run);
        await PublishAsync(lake, TestLake.NewRun(lake.Run.AsOf.AddMinutes(1)));
        var rollback = TestLake.NewRun(lake.Run.AsOf.AddMinutes(2));

        var restored = await lake.InActivityAsync((IPublishingActivities publishing) => publishing.RestoreAsync(new(rollback, 1, false, Audited(lake, lake.Run))));

        restored.Outcome.ShouldBe(PublishOutcome.Published);
        restored.Generation.ShouldBe(3);
        (await RunsOfTablesAsync(lake)).ShouldBe([lake.Run.Id]);
        var log = await LogAsync(lake);
        log.Current.RestoredFrom.ShouldBe(1);
        log.Current.RunId.ShouldBe(rollback.Id);
    }

    [Fact]
    public async Task Restore_OfAGenerationThatIsGone_FailsForGood()
    {
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, lake.Run);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => lake.InActivityAsync(
            (IPublishingActivities publishing) => publishing.RestoreAsync(new(TestLake.NewRun(lake.Run.AsOf.AddMinutes(1)), 7, false, Audited(lake, lake.Run)))));

        failure.ErrorType.ShouldBe(FailureTypes.MissingResource);
    }

    [Fact]
    public async Task CleanUp_AfterARun_RemovesWhatNobodyNeedsAndKeepsTheRest()
    {
        await using var temporal = await TemporalServer.StartAsync(new());
        var client = await TemporalClient.ConnectAsync(new(temporal.Target));
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, lake.Run);
        var now = TimeProvider.System.GetUtcNow();
        // Temporal knows neither: it may be too early to see the young run, and has forgotten the old one.
        var (dead, open) = (TestLake.NewRun(now.AddDays(-2)), TestLake.NewRun(now));
        foreach (var run in (RunContext[])[lake.Run, dead, open])
        {
            await OpenAsync(lake, run);
            await lake.PutAsync($"trusted/customer_trusted/run={run.Id}/1/data", "x");
            await lake.PutAsync($"staged/customer_staged/run={run.Id}/1/data", "x");
            await lake.Catalog.RegisterAsync(
                lake.Options.WorkDatabase, TableDefinitions.Text(SqlNames.WorkTable("customer_staged", run), $"s3://{lake.Options.Bucket}/x/"), CancellationToken.None);
        }

        await lake.InActivityAsync((IPublishingActivities publishing) => publishing.CleanUpAsync(lake.Run), new() { TemporalClient = client });

        (await lake.KeysAsync("trusted/")).ShouldBe([$"trusted/customer_trusted/run={lake.Run.Id}/1/data", $"trusted/customer_trusted/run={open.Id}/1/data"], ignoreOrder: true);
        (await lake.KeysAsync("staged/")).ShouldBe([$"staged/customer_staged/run={open.Id}/1/data"]);
        (await lake.KeysAsync("runs/")).ShouldBe([$"runs/{open.Id}.json"]);
        (await lake.Catalog.ListAsync(lake.Options.WorkDatabase, ".*", CancellationToken.None)).Select(table => table.Name)
            .ShouldBe([SqlNames.WorkTable("customer_staged", open)]);
    }

    private async Task<(TestLake Lake, InterferingS3 S3)> NewInterferingAsync()
    {
        var s3 = new InterferingS3(LocalLakes.Credentials, lakes.S3Config);
        return (await lakes.NewAsync(configure: services => services.AddSingleton<IAmazonS3>(s3)), s3);
    }

    private static Task<RunContext> OpenAsync(TestLake lake, RunContext run, string? executing = null) => lake.InActivityAsync(
        (IPublishingActivities publishing) => publishing.OpenRunAsync(run),
        new() { Info = ActivityEnvironment.DefaultInfo with { WorkflowRunId = executing ?? run.Id } });

    private static Task<PublishedSnapshot> PublishAsync(TestLake lake, RunContext run, bool allowLooserPolicy = false) =>
        PublishAsync(lake, ToPublish(lake, run, allowLooserPolicy));

    private static Task<PublishedSnapshot> PublishAsync(TestLake lake, PublishInput input) =>
        lake.InActivityAsync((IPublishingActivities publishing) => publishing.PublishAsync(input));

    private static PublishInput ToPublish(TestLake lake, RunContext run, bool allowLooserPolicy = false) =>
        new(run, Tables(lake, run), 4, allowLooserPolicy) { Consents = 1, AllowSourceChange = true, Audited = Audited(lake, run) };

    private static string Audited(TestLake lake, RunContext run) => TableDigest.Of(Tables(lake, run).Select(table => (table.Table, table.Location)));

    private static Task<KeptSnapshot> PickAsync(TestLake lake, RunContext run, long generation) =>
        lake.InActivityAsync((IPublishingActivities publishing) => publishing.PickSnapshotAsync(new(run, generation)));

    private static async Task<SnapshotLog> LogAsync(TestLake lake) =>
        (await new SnapshotStore(lake.Objects).ReadAsync(CancellationToken.None)).ShouldNotBeNull().Log;

    /// <summary>The runs whose output the published tables show.</summary>
    private static async Task<IEnumerable<string>> RunsOfTablesAsync(TestLake lake)
    {
        var runs = new HashSet<string>();
        foreach (var table in LakeTables.All)
        {
            var found = (await lake.Catalog.FindAsync(lake.Options.Database, table, CancellationToken.None)).ShouldNotBeNull();
            runs.Add(found.StorageDescriptor.Location.Split("run=")[1].Split('/')[0]);
        }

        return runs;
    }

    private static IReadOnlyList<BuiltTable> Tables(TestLake lake, RunContext run) =>
    [
        .. LakeTables.All.Select(table => new BuiltTable
        {
            Table = table,
            WorkTable = SqlNames.WorkTable(table, run),
            Location = $"s3://{lake.Options.Bucket}/{LakeContract.Table(table).Zone}/{table}/run={run.Id}/1/",
            Rows = 1,
            Files = 0,
            Bytes = 0,
            Seconds = 0,
            BytesScanned = 0,
            QueryId = "q",
        }),
    ];
}
