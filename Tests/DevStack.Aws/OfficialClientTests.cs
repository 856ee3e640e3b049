using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>Runs unmodified third-party clients against the local endpoint.</summary>
public sealed class OfficialClientTests(SharedAws shared) : AwsTest(shared)
{
    [Fact]
    public async Task AwsCli_CopyingFilesCrawlingAndQuerying_Succeeds()
    {
        var aws = ClientProgram.Require("/usr/bin/aws", "awscli");
        var bucket = await Aws.BucketAsync();
        var folder = Directory.CreateDirectory(Path.Combine(Aws.Directory, $"cli{Guid.NewGuid():N}"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a b.json"), "{\"n\":1}\n{\"n\":2}\n", Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "big.bin"), new byte[9 << 20], Cancellation);

        await RunAsync("s3", "sync", folder.FullName, $"s3://{bucket}/up/");
        (await RunAsync("s3", "ls", $"s3://{bucket}/up/")).ShouldContain("a b.json");
        await RunAsync("s3", "cp", $"s3://{bucket}/up/a b.json", $"s3://{bucket}/data/t/1.json");
        await RunAsync("s3", "cp", $"s3://{bucket}/up/big.bin", Path.Combine(folder.FullName, "back.bin"));
        new FileInfo(Path.Combine(folder.FullName, "back.bin")).Length.ShouldBe(9 << 20);
        (await RunAsync("s3api", "head-object", "--bucket", bucket, "--key", "up/big.bin", "--query", "ETag", "--output", "text")).ShouldContain("-2");
        await RunAsync("s3", "rm", "--recursive", $"s3://{bucket}/up/");

        var database = $"cli{Guid.NewGuid():N}";
        await RunAsync("glue", "create-database", "--database-input", $"Name={database}");
        await RunAsync("glue", "create-crawler", "--name", database, "--role", "r", "--database-name", database, "--targets", $"S3Targets=[{{Path=s3://{bucket}/data/t/}}]");
        await RunAsync("glue", "start-crawler", "--name", database);
        await Eventually.AsksAsync(() => RunAsync("glue", "get-crawler", "--name", database, "--query", "Crawler.State", "--output", "text"), s => s.Trim() == "READY");
        (await RunAsync("glue", "get-tables", "--database-name", database, "--query", "TableList[].Name", "--output", "text")).Trim().ShouldBe("t");
        var id = (await RunAsync("athena", "start-query-execution", "--query-string", $"SELECT sum(n) AS s FROM {database}.t", "--result-configuration", $"OutputLocation=s3://{bucket}/r/", "--query", "QueryExecutionId", "--output", "text")).Trim();
        await Aws.EndAsync(id);
        (await RunAsync("athena", "get-query-results", "--query-execution-id", id, "--query", "ResultSet.Rows[].Data[].VarCharValue", "--output", "text")).Trim().ShouldBe("s\t3");
        (await RunAsync("s3", "cp", $"s3://{bucket}/r/{id}.csv", "-")).ShouldBe("\"s\"\n\"3\"\n");
        await RunAsync("glue", "delete-database", "--name", database);
        await RunAsync("s3", "rb", "--force", $"s3://{bucket}");

        Task<string> RunAsync(params string[] arguments) => ClientProgram.RunAsync(aws, ["--endpoint-url", Aws.Endpoint.ToString().TrimEnd('/'), .. arguments]);
    }

    [Fact]
    public async Task Boto3_WithPaginatorsWaitersAndErrors_Succeeds()
    {
        var python = ClientProgram.Require("/usr/bin/python3", "python3-boto3");
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/boto3"), "boto3 is not there: apt-get install python3-boto3");

        (await ClientProgram.RunAsync(python, ["-", Aws.Endpoint.ToString().TrimEnd('/')], ClientScripts.Boto3)).Trim().ShouldEndWith("done");
    }

    [Fact]
    public async Task Boto3_AfterRefusedPutOnItsOnlyConnection_IsStillAnswered()
    {
        var python = ClientProgram.Require("/usr/bin/python3", "python3-boto3");
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/boto3"), "boto3 is not there: apt-get install python3-boto3");

        (await ClientProgram.RunAsync(python, ["-", Aws.Endpoint.ToString().TrimEnd('/')], ClientScripts.Boto3RefusedPuts)).Trim().ShouldEndWith("done");
    }

    [Fact]
    public async Task S3cmd_PuttingListingCopyingAndDeleting_Succeeds()
    {
        var s3cmd = ClientProgram.Require("/usr/bin/s3cmd", "s3cmd");
        var bucket = $"c-{Guid.NewGuid():N}";
        var file = Path.Combine(Aws.Directory, "s3cmd file.txt");
        await File.WriteAllTextAsync(file, "hello", Cancellation);

        await RunAsync("mb", $"s3://{bucket}");
        await RunAsync("put", file, $"s3://{bucket}/x/a b.txt");
        await RunAsync("cp", $"s3://{bucket}/x/a b.txt", $"s3://{bucket}/y.txt");
        (await RunAsync("ls", "-r", $"s3://{bucket}")).ShouldContain($"s3://{bucket}/x/a b.txt");
        (await RunAsync("get", "--force", $"s3://{bucket}/y.txt", "-")).ShouldContain("hello");
        await RunAsync("del", "-r", "--force", $"s3://{bucket}/");
        await RunAsync("rb", $"s3://{bucket}");

        Task<string> RunAsync(params string[] arguments) => ClientProgram.RunAsync(s3cmd,
            ["--no-ssl", $"--host={Aws.Endpoint.Authority}", $"--host-bucket={Aws.Endpoint.Authority}", "--access_key=local", "--secret_key=secret", "--config=/dev/null", "--no-progress", .. arguments]);
    }

    [Fact]
    public async Task Rclone_SyncingBothWaysAndChecking_Succeeds()
    {
        var rclone = ClientProgram.Require("/usr/bin/rclone", "rclone");
        var bucket = $"r-{Guid.NewGuid():N}";
        var folder = Directory.CreateDirectory(Path.Combine(Aws.Directory, $"rclone{Guid.NewGuid():N}", "in", "sub")).Parent!;
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.txt"), "a", Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "sub", "b.bin"), new byte[6 << 20], Cancellation);

        await RunAsync("sync", folder.FullName, $"lake:{bucket}/p");
        await RunAsync("check", folder.FullName, $"lake:{bucket}/p");
        await RunAsync("sync", $"lake:{bucket}/p", Path.Combine(folder.Parent!.FullName, "out"));
        (await RunAsync("lsf", "-R", $"lake:{bucket}/p")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order().ShouldBe(["a.txt", "sub/", "sub/b.bin"]);
        await RunAsync("purge", $"lake:{bucket}/p");

        Task<string> RunAsync(params string[] arguments) => ClientProgram.RunAsync(rclone, ["--config", "/dev/null", "--s3-upload-cutoff", "5M", "--s3-chunk-size", "5M", .. arguments], environment: new Dictionary<string, string>
        {
            ["RCLONE_CONFIG_LAKE_TYPE"] = "s3",
            ["RCLONE_CONFIG_LAKE_PROVIDER"] = "Other",
            ["RCLONE_CONFIG_LAKE_ENDPOINT"] = Aws.Endpoint.ToString(),
            ["RCLONE_CONFIG_LAKE_ACCESS_KEY_ID"] = "local",
            ["RCLONE_CONFIG_LAKE_SECRET_ACCESS_KEY"] = "secret",
        });
    }

    [Theory]
    [InlineData("sdk", "@aws-sdk/client-athena")]
    [InlineData("day", "@aws-sdk/s3-request-presigner")]
    [InlineData("cube", "@cubejs-backend/athena-driver")]
    public async Task NodeClient_RunningItsScript_Succeeds(string script, string package)
    {
        var text = script switch
        {
            "sdk" => ClientScripts.NodeSdk,
            "cube" => ClientScripts.Cube,
            _ => await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Tests", "DevStack.Aws", "Clients", $"{script}.js"), Cancellation),
        };
        (await NodeScript.RunAsync(text, [package], Aws.Endpoint.ToString().TrimEnd('/'))).Trim().ShouldEndWith("done");
    }
}
