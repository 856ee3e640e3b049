using Stedi.DevStack.Aws.Storage;
using Stedi.DevStack.Temporal;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>
/// A first start that is killed while it creates a state file. SQLite appends to its write-ahead log, so a kill leaves a prefix of
/// the log; the tests try each prefix.
/// </summary>
public sealed class FirstStartTests : IDisposable
{
    private const int LogHeader = 32, Frame = 24 + 4096;

    private readonly string _directory = Directory.CreateTempSubdirectory("stedi-first-").FullName;

    [Fact]
    public void AwsState_AfterAKillAtAnyWriteOfTheFirstStart_Opens()
    {
        var original = Path.Combine(_directory, "made.db");
        string[] files;
        using (StateDatabase.Open(original))
        {
            files = WriteEachPrefix(original);
        }

        foreach (var file in files)
        {
            using var opened = StateDatabase.Open(file);
            opened.Query("SELECT name FROM crawler", row => row.GetString(0)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task TemporalState_AfterAKillAtAnyWriteOfTheFirstStart_Opens()
    {
        var original = Path.Combine(_directory, "made.db");
        string[] files;
        await using (await TemporalServer.StartAsync(new() { StateFile = original }, Token))
        {
            files = WriteEachPrefix(original);
        }

        foreach (var file in files)
        {
            await using var server = await TemporalServer.StartAsync(new() { StateFile = file }, Token);
            server.Target.ShouldNotBeEmpty();
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] WriteEachPrefix(string original)
    {
        var log = File.ReadAllBytes(original + "-wal");
        var frames = (log.Length - LogHeader) / Frame;
        frames.ShouldBeGreaterThan(1);
        return [.. Enumerable.Range(0, frames + 1).Select(kept => WritePrefix(original, log.AsSpan(0, LogHeader + (kept * Frame)), kept))];
    }

    private string WritePrefix(string original, ReadOnlySpan<byte> log, int kept)
    {
        var file = Path.Combine(_directory, $"left-{kept}.db");
        File.Copy(original, file);
        File.WriteAllBytes(file + "-wal", log);
        return file;
    }
}
