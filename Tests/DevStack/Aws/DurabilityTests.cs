using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Stedi.DevStack.Aws;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.Temporal.Tests.DevStack.Aws;

public sealed class DurabilityTests : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("stedi-aws-kill-").FullName;

    LocalAwsOptions Options => new() { LakeDirectory = Path.Combine(directory, ".stedi", "lake"), StateDirectory = Path.Combine(directory, ".stedi", "state", "aws") };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task What_was_acknowledged_survives_SIGKILL_and_the_running_query_runs_again_once()
    {
        string id, etag;
        using (var program = await StackProcess.StartAsync(directory))
        {
            await using var before = new AwsClient(program.Endpoint);
            await before.GlueAsync("CreateDatabase", """{"DatabaseInput":{"Name":"kept"}}""");
            etag = await before.PutAsync("stedi-lake/kept/x.json", """{"a":1}""");
            id = (string)(await before.AthenaAsync("StartQueryExecution", $$$"""
                {"QueryString":"UNLOAD (SELECT count(*) AS n FROM UNNEST(sequence(1, 20000)) a(x) CROSS JOIN UNNEST(sequence(1, 20000)) b(y) WHERE (x + y) % 2 = 0) TO 's3://stedi-lake/out/' WITH (format = 'PARQUET')",
                 "ClientRequestToken":"{{{new string('t', 36)}}}","ResultConfiguration":{"OutputLocation":"s3://stedi-lake/r/"}}
                """))["QueryExecutionId"]!;
            await Eventually.AsksAsync(() => before.StateAsync(id), s => s == "RUNNING");
            program.Kill();
        }
        Directory.Exists(Path.Combine(Options.LakeDirectory, "stedi-lake", "out")).ShouldBeFalse();

        await using var aws = await LocalAws.StartAsync(Options, Cancellation);
        await using var after = new AwsClient(aws.Endpoint);

        (await Eventually.AsksAsync(() => after.StateAsync(id), s => s is not ("QUEUED" or "RUNNING"))).ShouldBe("SUCCEEDED");
        Directory.GetFiles(Path.Combine(Options.LakeDirectory, "stedi-lake", "out")).Length.ShouldBe(1);
        (await after.GlueAsync("GetDatabase", """{"Name":"kept"}"""))["Database"].ShouldNotBeNull();
        (await after.HeadAsync("stedi-lake/kept/x.json")).ShouldBe(etag);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await (await LocalAws.StartAsync(Options, Cancellation)).DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={StateFile};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        await RefusedAsync("newer version");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2000)]
    public async Task A_damaged_file_is_refused_and_left_as_it_is(int from)
    {
        await (await LocalAws.StartAsync(Options, Cancellation)).DisposeAsync();
        var bytes = File.ReadAllBytes(StateFile);
        Array.Fill(bytes, (byte)0xA5, from, Math.Min(20_000, bytes.Length - from));
        File.WriteAllBytes(StateFile, bytes);

        await RefusedAsync("damaged");
    }

    [Fact]
    public async Task A_second_process_over_the_same_state_is_refused()
    {
        await using var first = await LocalAws.StartAsync(Options, Cancellation);

        (await Should.ThrowAsync<StateFileException>(() => LocalAws.StartAsync(Options, Cancellation))).Message.ShouldContain("in use");
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        await using var first = await LocalAws.StartAsync(Options, Cancellation);
        var second = Options with { StateDirectory = Path.Combine(directory, "other"), LakeDirectory = Path.Combine(directory, "lake2"), Port = first.Endpoint.Port };

        (await Should.ThrowAsync<IOException>(() => LocalAws.StartAsync(second, Cancellation))).Message.ShouldStartWith($"Port {first.Endpoint.Port} of 127.0.0.1 is in use");
    }

    [Fact]
    public async Task Stopping_interrupts_a_running_query_at_once()
    {
        await using var aws = await LocalAws.StartAsync(Options, Cancellation);
        await using var client = new AwsClient(aws.Endpoint);
        var id = (string)(await client.AthenaAsync("StartQueryExecution", """
            {"QueryString":"SELECT count(*) FROM UNNEST(sequence(1, 1000000)) a(x) CROSS JOIN UNNEST(sequence(1, 1000000)) b(y) WHERE (x + y) % 2 = 0","ResultConfiguration":{"OutputLocation":"s3://b-b/r/"}}
            """))["QueryExecutionId"]!;
        await Eventually.AsksAsync(() => client.StateAsync(id), s => s == "RUNNING");

        var clock = Stopwatch.StartNew();
        await aws.DisposeAsync();

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    string StateFile => Path.Combine(Options.StateDirectory, "aws.db");

    async Task RefusedAsync(string why)
    {
        var before = File.ReadAllBytes(StateFile);
        (await Should.ThrowAsync<StateFileException>(() => LocalAws.StartAsync(Options, Cancellation))).Message.ShouldContain(why);
        File.ReadAllBytes(StateFile).ShouldBe(before);
    }
}
