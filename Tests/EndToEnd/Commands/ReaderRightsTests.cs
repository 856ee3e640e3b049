using System.Text.Json.Nodes;
using Amazon.Glue;
using Amazon.Glue.Model;
using Amazon.S3;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>
/// A caller without the worker's key cannot change what the pipeline reads back. By replacing a table of a run with a view,
/// a caller could otherwise make the worker read the pseudonym key and publish it. Neither does it see rejected lines. The
/// privacy commands' key reads those, and changes nothing but what these commands write.
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
        run.Error.ShouldContain("denied");
    }

    [Theory]
    [InlineData("quarantine/customer_rejected/run=a/x")]
    [InlineData("staged/customer_staged/run=a/x")]
    [InlineData("private/cleared_lines/x.json")]
    [InlineData("private/requests/x/identity/object.json")]
    [InlineData("results/privacy/x.csv")]
    public async Task GetObject_ByReaderOfRejectedLinesAndRequests_IsDenied(string key)
    {
        await Stack.Worker.S3.PutObjectAsync(new() { BucketName = Stack.Lake.Bucket, Key = key, ContentBody = "x" }, Token);

        var failure = await Should.ThrowAsync<AmazonS3Exception>(() => Stack.Reader.S3.GetObjectAsync(Stack.Lake.Bucket, key, Token));

        failure.ErrorCode.ShouldBe("AccessDenied");
    }

    [Theory]
    [InlineData("select * from stedi_private.cleared_lines")]
    [InlineData("select * from stedi_work.customer_staged")]
    [InlineData("select line from over_the_quarantine")]
    public async Task Sql_ThatReadsTheQuarantineOrRestrictedDatabases_IsDenied(string sql)
    {
        await Stack.Worker.S3.PutObjectAsync(new() { BucketName = Stack.Lake.Bucket, Key = "quarantine/customer_rejected/run=b/x", ContentBody = "x" }, Token);
        await new LakeCatalog(Stack.Reader.Glue, TimeProvider.System).RegisterAsync(
            Stack.Lake.Database, TableDefinitions.Text("over_the_quarantine", $"s3://{Stack.Lake.Bucket}/quarantine/customer_rejected/run=b/"), Token);

        var run = await CommandRun.InAsync(open.Folder, "sql", sql);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("denied");
    }

    [Theory]
    [InlineData("quarantine/customer_rejected/run=c/x", false)]
    [InlineData("customer/landing/c.json", false)]
    [InlineData("trusted/customer_trusted/run=c/x", false)]
    [InlineData("snapshots/c.json", false)]
    [InlineData("private/pseudonym_key/c.json", false)]
    [InlineData("private/cleared_lines/c.json", true)]
    [InlineData("private/requests/c/object.json", true)]
    [InlineData("results/privacy/c.csv", true)]
    public async Task PrivacyKey_ReadsAndWritesOnlyWhatItsCommandsNeed(string key, bool mayWrite)
    {
        await Stack.Worker.S3.PutObjectAsync(new() { BucketName = Stack.Lake.Bucket, Key = key, ContentBody = "x" }, Token);

        await Stack.Privacy.S3.GetObjectAsync(Stack.Lake.Bucket, key, Token);
        async Task WriteAsync() => await Stack.Privacy.S3.PutObjectAsync(new() { BucketName = Stack.Lake.Bucket, Key = key, ContentBody = "y" }, Token);

        if (mayWrite)
        {
            await WriteAsync();
        }
        else
        {
            (await Should.ThrowAsync<AmazonS3Exception>(WriteAsync)).ErrorCode.ShouldBe("AccessDenied");
        }
    }

    [Fact]
    public async Task PrivacyKey_ChangesTablesOfItsOwnOnly()
    {
        await Stack.Privacy.Glue.CreateTableAsync(new() { DatabaseName = Stack.Lake.PrivateDatabase, TableInput = new() { Name = "request_a" } }, Token);
        await Stack.Privacy.Glue.DeleteTableAsync(new() { DatabaseName = Stack.Lake.PrivateDatabase, Name = "request_a" }, Token);

        await ShouldBeDeniedAsync(() => Stack.Privacy.Glue.DeleteTableAsync(new() { DatabaseName = Stack.Lake.PrivateDatabase, Name = "pseudonym_key" }, Token));
        await ShouldBeDeniedAsync(() => Stack.Privacy.Glue.CreateTableAsync(new() { DatabaseName = Stack.Lake.PrivateDatabase, TableInput = new() { Name = "mine" } }, Token));
        await ShouldBeDeniedAsync(() => Stack.Privacy.Glue.CreateTableAsync(new() { DatabaseName = Stack.Lake.Database, TableInput = new() { Name = "mine" } }, Token));
    }

    [Fact]
    public async Task QuarantineCommand_WhenAnEarlierVersionRunsTheStack_SaysWhatToDo()
    {
        var address = await File.ReadAllTextAsync(Stack.Folder.AddressFile, Token);
        var earlier = JsonNode.Parse(address)!.AsObject();
        earlier.Remove("PrivacyKey").ShouldBeTrue();
        await File.WriteAllTextAsync(Stack.Folder.AddressFile, earlier.ToJsonString(), Token);
        try
        {
            var run = await CommandRun.InAsync(open.Folder, "quarantine", "list");

            run.ExitCode.ShouldBe(1);
            run.Error.ShouldContain("without the rights of the privacy commands");
            run.Error.ShouldContain("Stop that process");
        }
        finally
        {
            await File.WriteAllTextAsync(Stack.Folder.AddressFile, address, Token);
        }
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
