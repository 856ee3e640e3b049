using System.Diagnostics;
using System.Text;
using Amazon.Athena;
using Amazon.S3;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Worker.Local;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>A stack's folder and its lake are accessible to their owner only.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PrivateFolderTests : IDisposable
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;
    private const UnixFileMode ReadableFile = PrivateFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadableFolder = ReadableFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const string KeyObject = "private/pseudonym_key/key.json";

    private readonly TempFolder _folder = new();

    public PrivateFolderTests() => _folder.Write("temporal-dev.yaml", "temporal: { port: 0 }\naws: { port: 0 }\nlanding: { scale: 0.02 }\n");

    [Fact]
    public async Task Run_InANewFolder_KeepsEveryEntryToItsOwnerAndOutOfGit()
    {
        await RunAsync();
        await using (await OpenAsync())
        {
            // A running stack also has write-ahead logs, a lock and an address file.
            ((string[])["stack.json", "stack.lock", "temporal.db-wal", "key.json"]).ShouldBeSubsetOf(Entries().Select(entry => entry.Name));
            ShouldBePrivate();
        }

        (await GitAsync("init", "--quiet")).ShouldBe("");
        (await GitAsync("status", "--porcelain", "--untracked-files=all", "--ignored=no")).ShouldBe("?? temporal-dev.yaml\n");
    }

    [Fact]
    public async Task Start_InAFolderOfAnEarlierVersion_TightensItAndKeepsThePseudonyms()
    {
        await RunAsync();
        var before = await PseudonymsAsync();
        var outside = _folder.Write("outside/file", "not the stack's");
        File.SetUnixFileMode(outside, ReadableFile);
        File.SetUnixFileMode(Path.GetDirectoryName(outside)!, ReadableFolder);
        File.CreateSymbolicLink(Path.Combine(Stack.Root, "file"), outside);
        Directory.CreateSymbolicLink(Path.Combine(Stack.State, "folder"), Path.GetDirectoryName(outside)!);
        foreach (var entry in Entries().Append(new DirectoryInfo(Stack.Root)))
        {
            File.SetUnixFileMode(entry.FullName, entry is DirectoryInfo ? ReadableFolder : ReadableFile);
        }

        await RunAsync();

        ShouldBePrivate();
        (await PseudonymsAsync()).ShouldBe(before);
        File.GetUnixFileMode(outside).ShouldBe(ReadableFile);
        File.GetUnixFileMode(Path.GetDirectoryName(outside)!).ShouldBe(ReadableFolder);
    }

    [Fact]
    public async Task Start_WhenTheFolderIsASymbolicLink_IsRefusedAndChangesNothing()
    {
        var target = Directory.CreateDirectory(Path.Combine(_folder.Path, "target"));
        File.SetUnixFileMode(target.FullName, ReadableFolder);
        Directory.CreateSymbolicLink(Stack.Root, target.FullName);

        var run = await CommandRun.InAsync(_folder.Path, "tables");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("is a symbolic link");
        File.GetUnixFileMode(target.FullName).ShouldBe(ReadableFolder);
        target.EnumerateFileSystemInfos().ShouldBeEmpty();
    }

    [Fact]
    public async Task Request_SignedWithTheConstantOfEarlierVersions_IsRefusedThePseudonymKey()
    {
        await using var stack = await OpenAsync();
        using var attacker = AwsClients.OfEndpoint(stack.Endpoints.Aws!, "stedi-worker");

        (await Should.ThrowAsync<AmazonS3Exception>(() => attacker.S3.GetObjectAsync(stack.Lake.Bucket, KeyObject, Token))).ErrorCode.ShouldBe("AccessDenied");
        (await CountKeysAsync(attacker)).ShouldBe(QueryExecutionState.FAILED);

        using var key = await stack.Worker.S3.GetObjectAsync(stack.Lake.Bucket, KeyObject, Token);
        (await CountKeysAsync(stack.Worker)).ShouldBe(QueryExecutionState.SUCCEEDED);
    }

    [Fact]
    public async Task WorkerKey_IsNewAtEveryStartAndKeptNowhereAfterIt()
    {
        string first;
        await using (var stack = await OpenAsync())
        {
            first = stack.Endpoints.WorkerKey.ShouldNotBeNull();
            (await CountKeysAsync(stack.Worker)).ShouldBe(QueryExecutionState.SUCCEEDED);
            (await stack.Worker.Sts.GetCallerIdentityAsync(new(), Token)).Arn.ShouldEndWith(":user/stedi-worker");
            (await File.ReadAllTextAsync(Stack.AddressFile, Token)).ShouldContain(first);
        }

        foreach (var file in Entries().OfType<FileInfo>())
        {
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file.FullName, Token)).ShouldNotContain(first, customMessage: file.FullName);
        }

        await using var next = await OpenAsync();
        next.Endpoints.WorkerKey.ShouldNotBe(first);
        using var stale = AwsClients.OfEndpoint(next.Endpoints.Aws!, first);
        (await Should.ThrowAsync<AmazonS3Exception>(() => stale.S3.GetObjectAsync(next.Lake.Bucket, KeyObject, Token))).ErrorCode.ShouldBe("AccessDenied");
    }

    [Fact]
    public async Task Attach_ToAStackOfAnEarlierVersion_SaysToEndIt()
    {
        using var held = StackLock.TryTake(Stack).ShouldNotBeNull();
        await File.WriteAllTextAsync(
            Stack.AddressFile, $$"""{"ProcessId":{{Environment.ProcessId}},"Temporal":"127.0.0.1:1","Ui":null,"Aws":"http://127.0.0.1:2"}""", Token);

        var run = await CommandRun.InAsync(_folder.Path, "tables");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("with an earlier version");
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StackFolder Stack => StackFolder.Below(_folder.Path);

    private Task<LakehouseStack> OpenAsync() => TestCommandContext.OpenStackAsync(_folder.Path);

    private async Task RunAsync()
    {
        var run = await CommandRun.InAsync(_folder.Path);
        run.ExitCode.ShouldBe(0, run.Error);
    }

    private async Task<string> PseudonymsAsync()
    {
        var run = await CommandRun.InAsync(_folder.Path, "sql", "select distinct pseudonym from machine_learning_curated order by 1", "--csv");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.Split('\n').Length.ShouldBeGreaterThan(3);
        return run.Output;
    }

    private static async Task<QueryExecutionState> CountKeysAsync(AwsClients aws)
    {
        var started = await aws.Athena.StartQueryExecutionAsync(
            new() { QueryString = "select count(*) from stedi_private.pseudonym_key", ResultConfiguration = new() { OutputLocation = "s3://stedi-lake/results/" } }, Token);
        while (true)
        {
            var state = (await aws.Athena.GetQueryExecutionAsync(new() { QueryExecutionId = started.QueryExecutionId }, Token)).QueryExecution.Status.State;
            if (state != QueryExecutionState.QUEUED && state != QueryExecutionState.RUNNING)
            {
                return state;
            }

            await Task.Delay(20, Token);
        }
    }

    // Symbolic links are skipped because they have no mode of their own.
    private List<FileSystemInfo> Entries() =>
        [.. new DirectoryInfo(Stack.Root).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })];

    private void ShouldBePrivate()
    {
        File.GetUnixFileMode(Stack.Root).ShouldBe(PrivateFolder);
        Entries().Where(entry => entry.UnixFileMode != (entry is DirectoryInfo ? PrivateFolder : PrivateFile)).Select(entry => $"{entry.FullName}: {entry.UnixFileMode}").ShouldBeEmpty();
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true }).ShouldNotBeNull();
        var output = await git.StandardOutput.ReadToEndAsync(Token);
        await git.WaitForExitAsync(Token);
        git.ExitCode.ShouldBe(0);
        return output;
    }
}
