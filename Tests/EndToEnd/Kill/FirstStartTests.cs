using Stedi.DevStack.Aws.Storage;
using Stedi.DevStack.Temporal;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>
/// A first start killed while it makes a state file. SQLite appends to its log, so what a kill leaves is a beginning of it:
/// each is tried.
/// </summary>
public sealed class FirstStartTests : IDisposable
{
    private const int LogHeader = 32, Frame = 24 + 4096;

    private readonly string _directory = Directory.CreateTempSubdirectory("stedi-first-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void AwsState_AfterAKillAtAnyWriteOfTheFirstStart_Opens()
    {
        var made = Path.Combine(_directory, "made.db");
        string[] left;
        using (StateDatabase.Open(made))
        {
            left = LeaveEachBeginning(made);
        }

        foreach (var file in left)
        {
            using var opened = StateDatabase.Open(file);
            opened.Query("SELECT name FROM crawler", row => row.GetString(0)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task TemporalState_AfterAKillAtAnyWriteOfTheFirstStart_Opens()
    {
        var made = Path.Combine(_directory, "made.db");
        string[] left;
        await using (await TemporalServer.StartAsync(new() { StateFile = made }, Token))
        {
            left = LeaveEachBeginning(made);
        }

        foreach (var file in left)
        {
            await using var server = await TemporalServer.StartAsync(new() { StateFile = file }, Token);
            server.Target.ShouldNotBeEmpty();
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string[] LeaveEachBeginning(string made)
    {
        var log = File.ReadAllBytes(made + "-wal");
        var frames = (log.Length - LogHeader) / Frame;
        frames.ShouldBeGreaterThan(1);
        return [.. Enumerable.Range(0, frames + 1).Select(kept => Leave(made, log.AsSpan(0, LogHeader + (kept * Frame)), kept))];
    }

    private string Leave(string made, ReadOnlySpan<byte> log, int kept)
    {
        var left = Path.Combine(_directory, $"left-{kept}.db");
        File.Copy(made, left);
        File.WriteAllBytes(left + "-wal", log);
        return left;
    }
}
