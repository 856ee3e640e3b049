using Microsoft.Data.Sqlite;
using Stedi.DevStack.Aws.Configuration;
using Stedi.DevStack.Common;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

public sealed class LocalAwsDurabilityTests : IDisposable
{
    private const string EndlessQuery = "SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x) CROSS JOIN UNNEST(sequence(1, 10000)) b(y) CROSS JOIN UNNEST(sequence(1, 10000)) c(z) WHERE (x + y + z) % 2 = 0";

    private readonly string _directory = Directory.CreateTempSubdirectory("stedi-aws-kill-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Start_AfterSigkill_KeepsAcknowledgedStateAndFailsTheRunningQuery()
    {
        var running = Submission($"UNLOAD ({EndlessQuery}) TO 's3://stedi-lake/out/' WITH (format = 'PARQUET')", 'r');
        string id, etag;
        using (var program = await StackProcess.StartAsync(_directory))
        {
            await using var before = new AwsClient(program.Endpoint);
            await before.GlueAsync("CreateDatabase", """{"DatabaseInput":{"Name":"kept"}}""");
            etag = await before.PutAsync("stedi-lake/kept/x.json", """{"a":1}""");
            id = (string)(await before.AthenaAsync("StartQueryExecution", running))["QueryExecutionId"]!;
            await Eventually.AsksAsync(() => before.StateAsync(id), s => s == "RUNNING");
            program.Kill();
        }
        Directory.Exists(Path.Combine(Options.LakeDirectory, "stedi-lake", "out")).ShouldBeFalse();

        await using var aws = await LocalAws.StartAsync(Options, Cancellation);
        await using var after = new AwsClient(aws.Endpoint);

        await ShouldHaveFailedAsync(after, id);
        ((string)(await after.AthenaAsync("StartQueryExecution", running))["QueryExecutionId"]!).ShouldBe(id, "The token belongs to the query that failed.");
        Directory.Exists(Path.Combine(Options.LakeDirectory, "stedi-lake", "out")).ShouldBeFalse();
        var again = (string)(await after.AthenaAsync("StartQueryExecution", Submission("UNLOAD (SELECT 1 AS n) TO 's3://stedi-lake/out/' WITH (format = 'PARQUET')", 'a')))["QueryExecutionId"]!;
        (await EndAsync(after, again)).ShouldBe("SUCCEEDED");
        Directory.GetFiles(Path.Combine(Options.LakeDirectory, "stedi-lake", "out")).Length.ShouldBe(1);
        (await after.GlueAsync("GetDatabase", """{"Name":"kept"}"""))["Database"].ShouldNotBeNull();
        (await after.HeadAsync("stedi-lake/kept/x.json")).ShouldBe(etag);
    }

    [Fact]
    public async Task Start_WhenQueriesWereUnfinished_FailsTheOneThatRanAndRunsTheOneThatWaited()
    {
        string ran, waited;
        await using (var first = await LocalAws.StartAsync(Options with { ConcurrentQueries = 1 }, Cancellation))
        {
            await using var before = new AwsClient(first.Endpoint);
            Directory.CreateDirectory(Path.Combine(Options.LakeDirectory, "stedi-lake"));
            ran = await StartAsync(before, EndlessQuery);
            await Eventually.AsksAsync(() => before.StateAsync(ran), s => s == "RUNNING");
            waited = await StartAsync(before, "SELECT 1");
            (await before.StateAsync(waited)).ShouldBe("QUEUED");
        }

        await using var aws = await LocalAws.StartAsync(Options, Cancellation);
        await using var after = new AwsClient(aws.Endpoint);

        await ShouldHaveFailedAsync(after, ran);
        (await EndAsync(after, waited)).ShouldBe("SUCCEEDED");
    }

    [Fact]
    public async Task Start_WhenAnOlderVersionLeftAnUnfinishedQuery_FailsItAtEveryStart()
    {
        string id;
        await using (var first = await LocalAws.StartAsync(Options, Cancellation))
        {
            await using var before = new AwsClient(first.Endpoint);
            Directory.CreateDirectory(Path.Combine(Options.LakeDirectory, "stedi-lake"));
            id = await StartAsync(before, "SELECT 1");
            await EndAsync(before, id);
        }
        // The state that version 1 left, which did not record that a query runs.
        await ChangeStateAsync($"""
            UPDATE query SET state = 'QUEUED', document = json_set(document, '$.Execution.Query', '{EndlessQuery}', '$.Execution.Status', json_object('State', 'QUEUED'));
            PRAGMA user_version = 1
            """);

        for (var start = 0; start < 2; start++)
        {
            await using var aws = await LocalAws.StartAsync(Options, Cancellation);
            await using var after = new AwsClient(aws.Endpoint);
            await ShouldHaveFailedAsync(after, id);
            (await EndAsync(after, await StartAsync(after, "SELECT 1"))).ShouldBe("SUCCEEDED");
        }
    }

    [Fact]
    public async Task Start_WhenATableHasATypeThatIsTooDeep_FailsOnlyQueriesOfThatTable()
    {
        await using (var first = await LocalAws.StartAsync(Options, Cancellation))
        {
            await using var before = new AwsClient(first.Endpoint);
            Directory.CreateDirectory(Path.Combine(Options.LakeDirectory, "stedi-lake"));
            await before.PutAsync("stedi-lake/t/x.json", """{"a":1}""");
            await before.GlueAsync("CreateDatabase", """{"DatabaseInput":{"Name":"d"}}""");
            foreach (var table in (string[])["valid", "deep"])
            {
                await before.GlueAsync("CreateTable", $$$"""
                    {"DatabaseName":"d","TableInput":{"Name":"{{{table}}}","TableType":"EXTERNAL_TABLE","StorageDescriptor":{"Location":"s3://stedi-lake/t/",
                     "Columns":[{"Name":"a","Type":"int"}],"SerdeInfo":{"SerializationLibrary":"{{{Queries.Json}}}"} } }}
                    """);
            }
        }
        // Version 1 accepted such a type.
        await ChangeStateAsync($"""
            UPDATE table_version SET document = json_set(document, '$.StorageDescriptor.Columns[0].Type', replace(hex(zeroblob(200000)), '0', 'array<') || 'int' || replace(hex(zeroblob(200000)), '0', '>')) WHERE name = 'deep'
            """);

        await using var aws = await LocalAws.StartAsync(Options, Cancellation);
        await using var after = new AwsClient(aws.Endpoint);

        (await after.GlueAsync("GetTables", """{"DatabaseName":"d"}"""))["TableList"]!.AsArray().Count.ShouldBe(2);
        (await EndAsync(after, await StartAsync(after, "SELECT table_name, length(data_type) FROM information_schema.columns"))).ShouldBe("SUCCEEDED");
        (await EndAsync(after, await StartAsync(after, "SELECT a FROM d.valid"))).ShouldBe("SUCCEEDED");
        var deep = await StartAsync(after, "SELECT count(*) FROM d.deep");
        (await EndAsync(after, deep)).ShouldBe("FAILED");
        (await ReasonAsync(after, deep)).ShouldContain("nested deeper than 100 levels");
    }

    [Fact]
    public async Task Start_WhenStateFileIsOfANewerVersion_FailsAndLeavesItUnchanged()
    {
        await (await LocalAws.StartAsync(Options, Cancellation)).DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={StateFile};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        await ShouldBeRefusedAsync("newer version");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2000)]
    public async Task Start_WhenStateFileIsDamaged_FailsAndLeavesItUnchanged(int from)
    {
        await (await LocalAws.StartAsync(Options, Cancellation)).DisposeAsync();
        var bytes = File.ReadAllBytes(StateFile);
        Array.Fill(bytes, (byte)0xA5, from, Math.Min(20_000, bytes.Length - from));
        File.WriteAllBytes(StateFile, bytes);

        await ShouldBeRefusedAsync("damaged");
    }

    [Fact]
    public async Task Start_WhenStateIsInUse_Fails()
    {
        await using var first = await LocalAws.StartAsync(Options, Cancellation);

        (await Should.ThrowAsync<StateFileException>(() => LocalAws.StartAsync(Options, Cancellation))).Message.ShouldContain("in use");
    }

    [Fact]
    public async Task Start_WhenPortIsTaken_NamesThePort()
    {
        await using var first = await LocalAws.StartAsync(Options, Cancellation);
        var second = Options with { StateDirectory = Path.Combine(_directory, "other"), LakeDirectory = Path.Combine(_directory, "lake2"), Port = first.Endpoint.Port };

        (await Should.ThrowAsync<IOException>(() => LocalAws.StartAsync(second, Cancellation))).Message.ShouldStartWith($"Port {first.Endpoint.Port} of 127.0.0.1 is in use");
    }

    [Fact]
    public async Task Dispose_WhenAQueryIsRunning_InterruptsIt()
    {
        await using var aws = await LocalAws.StartAsync(Options, Cancellation);
        await using var client = new AwsClient(aws.Endpoint);
        var id = await StartAsync(client, EndlessQuery);
        await Eventually.AsksAsync(() => client.StateAsync(id), s => s == "RUNNING");

        // Without the interrupt the query would run for hours, and the run's hang time-out would fail this test.
        await aws.DisposeAsync();
    }

    private LocalAwsOptions Options => new() { LakeDirectory = Path.Combine(_directory, ".stedi", "lake"), StateDirectory = Path.Combine(_directory, ".stedi", "state", "aws") };

    private string StateFile => Path.Combine(Options.StateDirectory, "aws.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Submission(string sql, char token) => $$$"""
        {"QueryString":"{{{sql}}}","ClientRequestToken":"{{{new string(token, 36)}}}","ResultConfiguration":{"OutputLocation":"s3://stedi-lake/r/"}}
        """;

    private static async Task<string> StartAsync(AwsClient client, string sql) => (string)(await client.AthenaAsync("StartQueryExecution", $$$"""
        {"QueryString":"{{{sql}}}","ResultConfiguration":{"OutputLocation":"s3://stedi-lake/r/"}}
        """))["QueryExecutionId"]!;

    private static Task<string> EndAsync(AwsClient client, string id) => Eventually.AsksAsync(() => client.StateAsync(id), s => s is not ("QUEUED" or "RUNNING"));

    private static async Task<string> ReasonAsync(AwsClient client, string id) =>
        (string)(await client.AthenaAsync("GetQueryExecution", $$"""{"QueryExecutionId":"{{id}}"}"""))["QueryExecution"]!["Status"]!["StateChangeReason"]!;

    private static async Task ShouldHaveFailedAsync(AwsClient client, string id)
    {
        (await client.StateAsync(id)).ShouldBe("FAILED", "At once: it is not run again.");
        (await ReasonAsync(client, id)).ShouldStartWith("GENERIC_INTERNAL_ERROR: The process that ran this query ended");
    }

    private async Task ChangeStateAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={StateFile};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task ShouldBeRefusedAsync(string why)
    {
        var before = File.ReadAllBytes(StateFile);
        (await Should.ThrowAsync<StateFileException>(() => LocalAws.StartAsync(Options, Cancellation))).Message.ShouldContain(why);
        File.ReadAllBytes(StateFile).ShouldBe(before);
    }
}
