using Amazon.Glue;
using Amazon.Glue.Model;
using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Tests.Publishing;

public sealed class GlueTablePublisherTests(LocalLakes lakes)
{
    [Fact]
    public async Task Publish_OfTheCurrentSnapshot_UpdatesTheTablesOfAnEarlierOne()
    {
        var lake = await lakes.NewAsync();
        var (older, newer) = (Snapshots.New(lake, lake.Run, 1), NewSnapshot(lake, 2));
        await Snapshots.WriteAsync(lake, older);
        (await Snapshots.PublishTablesAsync(lake, older)).ShouldBeTrue();

        await Snapshots.WriteAsync(lake, newer, older);
        (await Snapshots.PublishTablesAsync(lake, newer)).ShouldBeTrue();

        await ShouldBePublishedAsync(lake, newer);
    }

    [Fact]
    public async Task Publish_OfASnapshotThatIsNotCurrent_ChangesNoTable()
    {
        var lake = await lakes.NewAsync();
        var (older, newer) = (Snapshots.New(lake, lake.Run, 1), NewSnapshot(lake, 2));
        await Snapshots.WriteAsync(lake, newer, older);

        (await Snapshots.PublishTablesAsync(lake, older)).ShouldBeFalse();
        (await Snapshots.LocationsAsync(lake)).ShouldBeEmpty();

        (await Snapshots.PublishTablesAsync(lake, newer)).ShouldBeTrue();
        (await Snapshots.PublishTablesAsync(lake, older)).ShouldBeFalse();
        await ShouldBePublishedAsync(lake, newer);
    }

    [Fact]
    public async Task Publish_WhenANewerSnapshotIsPublishedMeanwhile_LeavesItsTablesAlone()
    {
        var (lake, glue) = await NewInterferingAsync();
        var (older, newer) = (Snapshots.New(lake, lake.Run, 1), NewSnapshot(lake, 2));
        await PublishAnotherAsync(lake);
        await Snapshots.WriteAsync(lake, older);
        glue.BeforeWrite = async () =>
        {
            await Snapshots.WriteAsync(lake, newer, older);
            await Snapshots.PublishTablesAsync(lake, newer);
        };

        (await Snapshots.PublishTablesAsync(lake, older)).ShouldBeFalse();

        await ShouldBePublishedAsync(lake, newer);
    }

    [Fact]
    public async Task Publish_WhenATableIsChangedMeanwhile_UpdatesItInTheNextAttempt()
    {
        var (lake, glue) = await NewInterferingAsync();
        await PublishAnotherAsync(lake);
        glue.BeforeWrite = () => lake.Catalog.ReplaceAsync(lake.Options.Database, Table(lake), versionId: null, CancellationToken.None);

        await PublishAndVerifyAsync(lake);
    }

    [Fact]
    public async Task Publish_WhenATableVanishesMeanwhile_CreatesItInTheNextAttempt()
    {
        var (lake, glue) = await NewInterferingAsync();
        await PublishAnotherAsync(lake);
        glue.BeforeWrite = () => lake.Catalog.DropAsync(lake.Options.Database, Table(lake).Name, CancellationToken.None);

        await PublishAndVerifyAsync(lake);
    }

    [Fact]
    public async Task Publish_WhenATableIsCreatedMeanwhile_UpdatesItInTheNextAttempt()
    {
        var (lake, glue) = await NewInterferingAsync();
        glue.BeforeWrite = () => lake.Catalog.CreateAsync(lake.Options.Database, Table(lake), CancellationToken.None);

        await PublishAndVerifyAsync(lake);
    }

    private async Task<(TestLake Lake, InterferingGlue Glue)> NewInterferingAsync()
    {
        var glue = new InterferingGlue(LocalLakes.Credentials, lakes.GlueConfig);
        return (await lakes.NewAsync(configure: services => services.AddSingleton<IAmazonGlue>(glue)), glue);
    }

    private static async Task PublishAnotherAsync(TestLake lake)
    {
        var another = NewSnapshot(lake, 0);
        await Snapshots.WriteAsync(lake, another);
        await Snapshots.PublishTablesAsync(lake, another);
    }

    private static async Task PublishAndVerifyAsync(TestLake lake)
    {
        var snapshot = Snapshots.New(lake, lake.Run, 1);
        await Snapshots.WriteAsync(lake, snapshot);

        (await Snapshots.PublishTablesAsync(lake, snapshot)).ShouldBeTrue();

        await ShouldBePublishedAsync(lake, snapshot);
    }

    private static async Task ShouldBePublishedAsync(TestLake lake, Snapshot snapshot) =>
        (await Snapshots.LocationsAsync(lake)).ShouldBe(snapshot.Tables.Select(table => table.Location), ignoreOrder: true);

    private static Snapshot NewSnapshot(TestLake lake, long generation) => Snapshots.New(lake, TestLake.NewRun(lake.Run.AsOf.AddMinutes(generation)), generation);

    // The first table, as somebody else defines it.
    private static TableInput Table(TestLake lake) =>
        TableDefinitions.Parquet(LakeTables.All[0], LakeContract.Table(LakeTables.All[0]).Columns, lake.Objects.Uri("elsewhere/"));
}
