using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using Amazon.S3;
using Stedi.DevStack.Temporal;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>The local servers listen on the loopback address only, and no request accesses files outside the lake's folder.</summary>
public sealed class SafetyTests(SharedAws shared) : AwsTest(shared)
{
    private const string Secret = "outside the lake";

    public static TheoryData<string> Escapes =>
    [
        "../outside/secret.txt", "a/../../../outside/secret.txt", "/etc/passwd", "%2e%2e/outside/secret.txt", "..%2Foutside%2Fsecret.txt",
        "%2E%2E%2F%2E%2E%2Fetc%2Fpasswd", "....//outside/secret.txt", "..\\outside\\secret.txt", "link/secret.txt", "secret-link.txt",
    ];

    [Fact]
    public async Task Servers_WhenStarted_ListenOnLoopbackOnly()
    {
        await using var temporal = await TemporalServer.StartAsync(new(), Cancellation);

        foreach (var port in (int[])[Aws.Endpoint.Port, int.Parse(temporal.Target.Split(':')[1])])
        {
            IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == port)
                .Select(listener => listener.Address).ShouldBe([IPAddress.Loopback], $"port {port}");
        }
    }

    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task Request_WhenKeyPointsOutsideTheLake_NeitherReadsNorWritesThere(string key)
    {
        var bucket = await LinkedBucketAsync();
        using var http = new HttpClient();
        var uri = new Uri(Aws.Endpoint.ToString() + bucket + "/" + key, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        using var read = await http.GetAsync(uri, Cancellation);
        using var written = await http.PutAsync(uri, new StringContent("written"), Cancellation);
        using var deleted = await http.DeleteAsync(uri, Cancellation);

        (await read.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain(Secret);
        ((int)written.StatusCode).ShouldBeLessThan(500);
        ((int)deleted.StatusCode).ShouldBeLessThan(500);
        (await File.ReadAllTextAsync(SecretFile, Cancellation)).ShouldBe(Secret);
    }

    [Theory]
    [InlineData("../outside/")]
    [InlineData("link/")]
    [InlineData("a/../../../outside/")]
    [InlineData("%2e%2e/outside/")]
    [InlineData("")]
    public async Task Query_WhenTableLocationPointsOutsideTheLake_ReturnsNoRows(string place)
    {
        var bucket = await LinkedBucketAsync();
        var database = await Aws.DatabaseAsync();
        await Aws.TableAsync(database, "t", $"s3://{bucket}/{place}", Queries.TextLines, "line:string");

        (await Aws.RowsAsync("SELECT line FROM t", $"s3://{await Aws.BucketAsync()}/", database)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("file:///etc/")]
    [InlineData("/etc/")]
    [InlineData("s3:///etc/")]
    public async Task Query_WhenTableLocationIsNotInABucket_ReturnsNoRows(string location)
    {
        var bucket = await Aws.BucketAsync();
        var database = await Aws.DatabaseAsync();
        await Aws.TableAsync(database, "t", location, Queries.TextLines, "line:string");

        var ended = await Aws.RunAsync("SELECT line FROM t", $"s3://{bucket}/r/", database);

        if ((string)ended["Status"]!["State"]! == "SUCCEEDED")
        {
            (await Aws.ResultAsync((string)ended["QueryExecutionId"]!)).Count.ShouldBeLessThanOrEqualTo(1, "A header at most.");
        }
    }

    [Theory]
    [InlineData("ATTACH '/tmp/x.db'")]
    [InlineData("COPY (SELECT 1) TO '/tmp/stedi-escape.csv'")]
    [InlineData("COPY t FROM '/etc/passwd'")]
    [InlineData("EXPORT DATABASE '/tmp/stedi-escape'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("PRAGMA database_list")]
    [InlineData("CALL pragma_version()")]
    [InlineData("SELECT * FROM read_parquet('/etc/*')")]
    [InlineData("SELECT * FROM '../outside/secret.txt'")]
    [InlineData("CREATE TABLE e WITH (external_location = 's3://../../outside/') AS SELECT 1 AS a")]
    [InlineData("UNLOAD (SELECT 1 AS a) TO 'file:///tmp/stedi-escape/' WITH (format = 'JSON')")]
    [InlineData("UNLOAD (SELECT 1 AS a) TO 's3://.stedi-scratch/x/' WITH (format = 'JSON')")]
    public async Task Statement_WhenItNamesAFileOrSetting_FailsAndChangesNothing(string sql)
    {
        var bucket = await LinkedBucketAsync();
        var outside = Snapshot();
        try
        {
            ((string)(await Aws.RunAsync(sql, $"s3://{bucket}/r/", "default"))["Status"]!["State"]!).ShouldBe("FAILED");
        }
        catch (AwsCallException e)
        {
            e.Code.ShouldBe("InvalidRequestException");
        }

        Snapshot().ShouldBe(outside);
        File.Exists("/tmp/stedi-escape.csv").ShouldBeFalse();
        Directory.Exists("/tmp/stedi-escape").ShouldBeFalse();

        List<string> Snapshot() => [.. Directory.EnumerateFileSystemEntries(Outside), .. Directory.EnumerateFiles(Aws.Lake).Order()];
    }

    [Theory]
    [InlineData("../../outside/")]
    [InlineData("link/")]
    public async Task Query_WhenOutputPointsOutsideTheLake_WritesNothingThere(string place)
    {
        var bucket = await LinkedBucketAsync();

        await Aws.RunAsync($"UNLOAD (SELECT 1 AS a) TO 's3://{bucket}/{place}x/' WITH (format = 'JSON')", $"s3://{bucket}/r/");
        await Aws.RunAsync("SELECT 1", $"s3://{bucket}/{place}");

        Directory.EnumerateFileSystemEntries(Outside).ShouldBe([SecretFile]);
    }

    [Fact]
    public async Task Request_WhenTooLarge_IsRefusedBeforeItIsRead()
    {
        var bucket = await Aws.BucketAsync();
        using var body = new StringContent("{\"Name\":\"" + new string('x', 9 << 20) + "\"}");
        using (var refused = await Aws.PostAsync("AWSGlue.GetDatabase", body))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        }

        (await Should.ThrowAsync<AmazonS3Exception>(() => Aws.PutAsync(bucket, new string('k', 1025), "x"))).ErrorCode.ShouldBe("KeyTooLongError");
        (await PutAsync($"{bucket}/huge", "Content-Length: 6000000000")).ShouldContain("413");
        (await PutAsync($"{bucket}/headers", "x-amz-meta-a: " + new string('h', 70_000))).ShouldContain("431");
        var statement = await Should.ThrowAsync<AwsCallException>(() => Aws.StartAsync($"SELECT '{new string('s', 262_144)}'", $"s3://{bucket}/r/"));
        statement.Code.ShouldBe("InvalidRequestException");
    }

    private string Outside => Directory.CreateDirectory(Path.Combine(Aws.Directory, "outside")).FullName;

    private string SecretFile => Path.Combine(Outside, "secret.txt");

    private async Task<string> LinkedBucketAsync()
    {
        var bucket = await Aws.BucketAsync();
        if (!File.Exists(SecretFile))
        {
            await File.WriteAllTextAsync(SecretFile, Secret, Cancellation);
        }

        Directory.CreateSymbolicLink(Path.Combine(Aws.Lake, bucket, "link"), Outside);
        File.CreateSymbolicLink(Path.Combine(Aws.Lake, bucket, "secret-link.txt"), SecretFile);
        return bucket;
    }

    // Returns the first line of the response. The announced body is never sent.
    private async Task<string> PutAsync(string path, string header)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Aws.Endpoint.Port, Cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"PUT /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\n\r\n"), Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Cancellation) ?? "";
    }
}
