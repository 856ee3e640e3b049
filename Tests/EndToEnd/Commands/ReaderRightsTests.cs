using Amazon.Glue;
using Amazon.Glue.Model;
using Amazon.S3;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>
/// A caller without the worker's key cannot change what the pipeline reads back. By replacing a table of a run with a view,
/// a caller could otherwise make the worker read the pseudonym key and publish it.
/// </summary>
public sealed class ReaderRightsTests(ReaderRightsTests.OpenStack open) : IClassFixture<ReaderRightsTests.OpenStack>
{
    [Theory]
    [InlineData("staged/customer_staged/run=a/x")]
    [InlineData("quarantine/customer_rejected/run=a/x")]
    [InlineData("trusted/customer_trusted/run=a/x")]
    [InlineData("curated/customers_curated/run=a/x")]
    [InlineData("snapshots/current.json")]
    [InlineData("runs/a")]
    [InlineData("lineage/run=a/000000.ndjson")]
    [InlineData("results/runs/a.csv")]
    [InlineData("RESULTS/runs/a.csv")]
    public async Task PutObject_ByReaderWhereRunsWrite_IsDenied(string key)
    {
        var failure = await Should.ThrowAsync<AmazonS3Exception>(() => Stack.Reader.S3.PutObjectAsync(new() { BucketName = Stack.Lake.Bucket, Key = key, ContentBody = "x" }, Token));

        failure.ErrorCode.ShouldBe("AccessDenied");
    }

    [Theory]
    [InlineData("customer/landing/a.json")]
    [InlineData("results/mine.csv")]
    public async Task PutObject_ByReaderElsewhere_Succeeds(string key) =>
        await Stack.Reader.S3.PutObjectAsync(new() { BucketName = Stack.Lake.Bucket, Key = key, ContentBody = "{}\n" }, Token);

    [Fact]
    public async Task UpdateTable_ByReaderOfATableOfARun_IsDenied()
    {
        var table = new TableInput { Name = $"customer_staged_{Guid.NewGuid():N}", TableType = "EXTERNAL_TABLE", StorageDescriptor = new() { Location = $"s3://{Stack.Lake.Bucket}/staged/x/", Columns = [new() { Name = "x", Type = "string" }] } };
        await Stack.Worker.Glue.CreateTableAsync(new() { DatabaseName = Stack.Lake.WorkDatabase, TableInput = table }, Token);
        var view = new TableInput { Name = table.Name, TableType = "VIRTUAL_VIEW", ViewOriginalText = "/* Presto View: e30= */" };

        await ShouldBeDeniedAsync(() => Stack.Reader.Glue.UpdateTableAsync(new() { DatabaseName = Stack.Lake.WorkDatabase, TableInput = view }, Token));

        (await Stack.Worker.Glue.GetTableAsync(new() { DatabaseName = Stack.Lake.WorkDatabase, Name = table.Name }, Token)).Table.TableType.ShouldBe("EXTERNAL_TABLE");
        await ShouldBeDeniedAsync(() => Stack.Reader.Glue.DeleteTableAsync(new() { DatabaseName = Stack.Lake.WorkDatabase, Name = table.Name }, Token));
    }

    [Fact]
    public async Task CreateTable_ByReaderInTheWorkDatabase_IsDenied() =>
        await ShouldBeDeniedAsync(() => Stack.Reader.Glue.CreateTableAsync(new() { DatabaseName = Stack.Lake.WorkDatabase, TableInput = new() { Name = "mine" } }, Token));

    [Theory]
    [InlineData("create view stedi_work.customer_staged_a as select 1 as x")]
    [InlineData("create table stedi_work.mine as select 1 as x")]
    [InlineData("drop database stedi_work cascade")]
    public async Task Sql_ThatChangesTheWorkDatabase_Fails(string sql)
    {
        var run = await CommandRun.InAsync(open.Folder, "sql", sql);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("changed by the pipeline only");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LakehouseStack Stack => open.Stack;

    private static async Task ShouldBeDeniedAsync(Func<Task> call) => (await Should.ThrowAsync<AmazonGlueException>(call)).ErrorCode.ShouldBe("AccessDeniedException");

    /// <summary>A running stack in a temporary folder.</summary>
    public sealed class OpenStack : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        public string Folder => _folder.Path;

        internal LakehouseStack Stack { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _folder.Write("temporal-dev.yaml", "temporal: { port: 0, uiPort: 0 }\naws: { port: 0 }\n");
            Stack = await TestCommandContext.OpenStackAsync(Folder);
        }

        public async ValueTask DisposeAsync()
        {
            await Stack.DisposeAsync();
            _folder.Dispose();
        }
    }
}
